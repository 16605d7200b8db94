using System.Globalization;
using MlKit.Tracking.Artifacts;
using MlKit.Tracking.Experiments;
using MlKit.Tracking.Http;
using MlKit.Tracking.Metrics;
using MlKit.Tracking.Storage;

namespace MlKit.Tracking.LoggedModels;

/// <summary>Reads and changes logged models inside a session.</summary>
internal static class LoggedModelStore
{
    public static LoggedModel? Find(SqlSession session, string modelId) => session.First(
        $"SELECT {LoggedModel.Columns} FROM logged_models m WHERE m.model_id = $1 AND m.deleted = 0",
        LoggedModel.Read, modelId);

    public static LoggedModel Require(SqlSession session, string modelId) =>
        Find(session, modelId) ?? throw ApiException.Missing($"Logged model with ID '{modelId}' not found.");

    public static LoggedModel Create(
        SqlSession session, Experiment experiment, string name, string? modelType, string? sourceRunId,
        IReadOnlyList<KeyValue> parameters, IReadOnlyList<KeyValue> tags, long now)
    {
        var modelId = "m-" + Guid.NewGuid().ToString("n");
        var uri = ArtifactLocation.Append(experiment.ArtifactLocation, $"models/{modelId}/artifacts");
        var number = session.Insert(
            "INSERT INTO logged_models (model_id, experiment_id, name, model_type, source_run_id, status, artifact_uri, "
            + "creation_time, last_update_time) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8) RETURNING model",
            modelId, experiment.Id, name, modelType, sourceRunId, (int)LoggedModelStatus.Pending, uri, now);
        AddParams(session, number, parameters);
        SetTags(session, number, tags);
        return new LoggedModel(
            number, modelId, experiment.Id, name, modelType, sourceRunId, LoggedModelStatus.Pending, null, uri, now, now);
    }

    public static LoggedModel SetStatus(SqlSession session, LoggedModel model, LoggedModelStatus status, long now)
    {
        session.Execute("UPDATE logged_models SET status = $2, last_update_time = $3 WHERE model = $1",
            model.Number, (int)status, now);
        return model with { Status = status, LastUpdateTime = now };
    }

    public static void Delete(SqlSession session, string modelId, long now)
    {
        if (session.Execute(
            "UPDATE logged_models SET deleted = 1, last_update_time = $2 WHERE model_id = $1", modelId, now) == 0)
        {
            throw ApiException.Missing($"Logged model with ID '{modelId}' not found.");
        }
    }

    /// <summary>Params are written once: not even the same value again.</summary>
    public static void AddParams(SqlSession session, long model, IReadOnlyList<KeyValue> parameters)
    {
        foreach (var param in parameters)
        {
            if (session.Execute(
                "INSERT INTO logged_model_params (model, key, value) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
                model, param.Key, param.Value) == 0)
            {
                throw ApiException.BadRequest($"The logged model already has a param '{param.Key}'.");
            }
        }
    }

    public static void SetTags(SqlSession session, long model, IReadOnlyList<KeyValue> tags)
    {
        foreach (var tag in tags)
        {
            session.Execute(
                "INSERT INTO logged_model_tags (model, key, value) VALUES ($1, $2, $3) "
                + "ON CONFLICT (model, key) DO UPDATE SET value = excluded.value",
                model, tag.Key, tag.Value);
        }
    }

    public static string? Tag(SqlSession session, long model, string key) =>
        session.Text("SELECT value FROM logged_model_tags WHERE model = $1 AND key = $2", model, key);

    public static bool DeleteTag(SqlSession session, long model, string key) =>
        session.Execute("DELETE FROM logged_model_tags WHERE model = $1 AND key = $2", model, key) > 0;

    public static LoggedModelMessage ToMessage(SqlSession session, LoggedModel model) => new(
        new LoggedModelInfoMessage(
            model.ModelId, model.ExperimentId.ToString(CultureInfo.InvariantCulture), model.Name, model.CreationTime,
            model.LastUpdateTime, model.ArtifactUri, model.Status, model.ModelType ?? "", model.SourceRunId ?? "",
            model.StatusMessage, Pairs(session, "logged_model_tags", model.Number), Registrations(session, model.ModelId)),
        new LoggedModelDataMessage(Pairs(session, "logged_model_params", model.Number), Metrics(session, model)));

    private static List<KeyValue>? Pairs(SqlSession session, string table, long model) => OrNull(session.Query(
        $"SELECT key, value FROM {table} WHERE model = $1 ORDER BY key",
        row => new KeyValue(row.GetString(0), row.GetString(1)), model));

    private static List<RegistrationMessage>? Registrations(SqlSession session, string modelId) => OrNull(session.Query(
        "SELECT r.name, v.version FROM model_versions v JOIN registered_models r ON r.model = v.model "
        + "WHERE v.model_id = $1 AND v.deleted = 0 ORDER BY r.name, v.version",
        row => new RegistrationMessage(row.GetString(0), row.GetInt64(1).ToString(CultureInfo.InvariantCulture)), modelId));

    private static List<MetricMessage>? Metrics(SqlSession session, LoggedModel model) => OrNull(session.Query(
        "SELECT p.key, p.value, p.timestamp, p.step, p.is_nan, p.dataset_name, p.dataset_digest, r.run_id "
        + "FROM logged_model_metrics p JOIN runs r ON r.run = p.run WHERE p.model = $1 ORDER BY p.key, p.timestamp, p.step",
        row => new MetricMessage(
            row.GetString(0), MetricStore.Value(row, 1, 4), row.GetInt64(2), row.GetInt64(3), model.ModelId,
            row.IsDBNull(5) ? null : row.GetString(5), row.IsDBNull(6) ? null : row.GetString(6), row.GetString(7)),
        model.Number));

    private static List<T>? OrNull<T>(List<T> list) => list.Count == 0 ? null : list;
}
