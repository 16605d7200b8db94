using System.Globalization;
using MlKit.Tracking.Experiments;
using MlKit.Tracking.Http;
using MlKit.Tracking.Search;
using MlKit.Tracking.Storage;

namespace MlKit.Tracking.Registry;

/// <summary>Reads and changes versions inside a session. Deleted ones stay hidden, so that no number is used twice.</summary>
internal static class ModelVersionStore
{
    public static ModelVersion? Find(SqlSession session, string name, long version) => session.First(
        $"SELECT {ModelVersion.Columns} FROM {ModelVersion.Tables} WHERE m.name = $1 AND v.version = $2 AND v.deleted = 0",
        ModelVersion.Read, name, version);

    public static ModelVersion Require(SqlSession session, string name, string version) =>
        Find(session, name, ParseNumber(version))
        ?? throw ApiException.Missing($"Model Version (name={name}, version={version}) not found.");

    public static long ParseNumber(string version) =>
        long.TryParse(version, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw ApiException.Invalid($"Parameter 'version' must be an integer, got '{version}'.");

    public static ModelVersion Create(
        SqlSession session, RegisteredModel model, ResolvedSource source, string? description, string runLink,
        IReadOnlyList<KeyValue> tags, long now)
    {
        var number = 1 + (session.Number("SELECT MAX(version) FROM model_versions WHERE model = $1", model.Number) ?? 0);
        session.Execute(
            "INSERT INTO model_versions (model, version, description, source, storage_location, run_id, run_link, stage, "
            + "model_id, creation_time, last_update_time) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10)",
            model.Number, number, description, source.Source, source.Location, source.RunId, runLink, ModelStages.None,
            source.ModelId, now);
        var version = new ModelVersion(
            model.Number, model.Name, number, description, source.Source, source.Location, source.RunId, runLink,
            ModelStages.None, source.ModelId, now, now);
        foreach (var tag in tags)
        {
            SetTag(session, version, tag);
        }

        RegisteredModelStore.Touch(session, model.Number, now);
        return version;
    }

    public static ModelVersion Describe(SqlSession session, ModelVersion version, string? description, long now)
    {
        session.Execute(
            "UPDATE model_versions SET description = $3, last_update_time = $4 WHERE model = $1 AND version = $2",
            version.Model, version.Version, description, now);
        return version with { Description = description, LastUpdateTime = now };
    }

    public static ModelVersion SetStage(SqlSession session, ModelVersion version, string stage, bool archiveOthers, long now)
    {
        if (archiveOthers)
        {
            session.Execute(
                "UPDATE model_versions SET stage = $4, last_update_time = $5 "
                + "WHERE model = $1 AND version <> $2 AND stage = $3 AND deleted = 0",
                version.Model, version.Version, stage, ModelStages.Archived, now);
        }

        session.Execute(
            "UPDATE model_versions SET stage = $3, last_update_time = $4 WHERE model = $1 AND version = $2",
            version.Model, version.Version, stage, now);
        RegisteredModelStore.Touch(session, version.Model, now);
        return version with { Stage = stage, LastUpdateTime = now };
    }

    /// <summary>Hides a version, forgets where it came from and frees its aliases.</summary>
    public static void Delete(SqlSession session, ModelVersion version, long now)
    {
        session.Execute(
            "UPDATE model_versions SET deleted = 1, source = '', storage_location = '', run_id = '', run_link = '', "
            + "model_id = NULL, last_update_time = $3 WHERE model = $1 AND version = $2",
            version.Model, version.Version, now);
        session.Execute(
            "DELETE FROM registered_model_aliases WHERE model = $1 AND version = $2", version.Model, version.Version);
        session.Execute(
            "DELETE FROM model_version_tags WHERE model = $1 AND version = $2", version.Model, version.Version);
        RegisteredModelStore.Touch(session, version.Model, now);
    }

    /// <summary>The highest version of each stage, or of the stages asked for.</summary>
    public static List<ModelVersion> Latest(SqlSession session, long model, IReadOnlyList<string> stages)
    {
        var sql = new SqlBuilder().Append($"SELECT {ModelVersion.Columns} FROM {ModelVersion.Tables} WHERE ");
        sql.Append($"v.model = {sql.Argument(model)} AND v.version IN (SELECT MAX(x.version) FROM model_versions x "
            + "WHERE x.model = v.model AND x.deleted = 0 GROUP BY x.stage)");
        if (stages.Count > 0)
        {
            sql.Append($" AND v.stage IN {sql.List(stages)}");
        }

        sql.Append(" ORDER BY v.version");
        return session.Query(sql.Text, ModelVersion.Read, sql.Arguments);
    }

    public static void SetTag(SqlSession session, ModelVersion version, KeyValue tag) => session.Execute(
        "INSERT INTO model_version_tags (model, version, key, value) VALUES ($1, $2, $3, $4) "
        + "ON CONFLICT (model, version, key) DO UPDATE SET value = excluded.value",
        version.Model, version.Version, tag.Key, tag.Value);

    public static void DeleteTag(SqlSession session, ModelVersion version, string key) => session.Execute(
        "DELETE FROM model_version_tags WHERE model = $1 AND version = $2 AND key = $3", version.Model, version.Version, key);

    public static ModelVersionMessage ToMessage(SqlSession session, ModelVersion version) => new(
        version.ModelName, version.Version.ToString(CultureInfo.InvariantCulture), version.CreationTime,
        version.LastUpdateTime, version.Stage, version.Description ?? "", version.Source, version.RunId, "READY",
        version.RunLink,
        OrNull(session.Query(
            "SELECT key, value FROM model_version_tags WHERE model = $1 AND version = $2 ORDER BY key",
            row => new KeyValue(row.GetString(0), row.GetString(1)), version.Model, version.Version)),
        OrNull(session.Query(
            "SELECT alias FROM registered_model_aliases WHERE model = $1 AND version = $2 ORDER BY alias",
            row => row.GetString(0), version.Model, version.Version)));

    private static List<T>? OrNull<T>(List<T> list) => list.Count == 0 ? null : list;
}
