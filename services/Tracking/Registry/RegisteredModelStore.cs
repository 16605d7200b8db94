using System.Globalization;
using MlKit.Tracking.Experiments;
using MlKit.Tracking.Http;
using MlKit.Tracking.Storage;

namespace MlKit.Tracking.Registry;

/// <summary>Reads and changes registered models inside a session.</summary>
internal static class RegisteredModelStore
{
    public static RegisteredModel? Find(SqlSession session, string name) =>
        session.First($"SELECT {RegisteredModel.Columns} FROM registered_models m WHERE m.name = $1", RegisteredModel.Read, name);

    public static RegisteredModel Require(SqlSession session, string name) =>
        Find(session, name) ?? throw ApiException.Missing($"Registered Model with name={name} not found.");

    public static RegisteredModel Create(
        SqlSession session, string name, string? description, IReadOnlyList<KeyValue> tags, long now)
    {
        RequireFree(session, name);
        var number = session.Insert(
            "INSERT INTO registered_models (name, description, creation_time, last_update_time) VALUES ($1, $2, $3, $3) RETURNING model",
            name, description, now);
        foreach (var tag in tags)
        {
            SetTag(session, number, tag);
        }

        return new RegisteredModel(number, name, description, now, now);
    }

    public static RegisteredModel Rename(SqlSession session, RegisteredModel model, string name, long now)
    {
        if (name != model.Name)
        {
            RequireFree(session, name);
        }

        session.Execute("UPDATE registered_models SET name = $2, last_update_time = $3 WHERE model = $1",
            model.Number, name, now);
        session.Execute("UPDATE model_versions SET last_update_time = $2 WHERE model = $1 AND deleted = 0", model.Number, now);
        return model with { Name = name, LastUpdateTime = now };
    }

    public static RegisteredModel Describe(SqlSession session, RegisteredModel model, string? description, long now)
    {
        session.Execute("UPDATE registered_models SET description = $2, last_update_time = $3 WHERE model = $1",
            model.Number, description, now);
        return model with { Description = description, LastUpdateTime = now };
    }

    /// <summary>Deletes a model with all that hangs on it; the one deletion in MLflow that is for good.</summary>
    public static void Delete(SqlSession session, RegisteredModel model)
    {
        session.Execute("DELETE FROM model_version_tags WHERE model = $1", model.Number);
        session.Execute("DELETE FROM model_versions WHERE model = $1", model.Number);
        session.Execute("DELETE FROM registered_model_aliases WHERE model = $1", model.Number);
        session.Execute("DELETE FROM registered_model_tags WHERE model = $1", model.Number);
        session.Execute("DELETE FROM registered_models WHERE model = $1", model.Number);
    }

    public static void Touch(SqlSession session, long model, long now) =>
        session.Execute("UPDATE registered_models SET last_update_time = $2 WHERE model = $1", model, now);

    public static void SetTag(SqlSession session, long model, KeyValue tag) => session.Execute(
        "INSERT INTO registered_model_tags (model, key, value) VALUES ($1, $2, $3) "
        + "ON CONFLICT (model, key) DO UPDATE SET value = excluded.value",
        model, tag.Key, tag.Value);

    public static void DeleteTag(SqlSession session, long model, string key) =>
        session.Execute("DELETE FROM registered_model_tags WHERE model = $1 AND key = $2", model, key);

    public static RegisteredModelMessage ToMessage(SqlSession session, RegisteredModel model)
    {
        var latest = ModelVersionStore.Latest(session, model.Number, []);
        return new RegisteredModelMessage(
            model.Name, model.CreationTime, model.LastUpdateTime, model.Description,
            OrNull(latest.Select(version => ModelVersionStore.ToMessage(session, version)).ToList()),
            OrNull(session.Query(
                "SELECT key, value FROM registered_model_tags WHERE model = $1 ORDER BY key",
                row => new KeyValue(row.GetString(0), row.GetString(1)), model.Number)),
            OrNull(session.Query(
                "SELECT alias, version FROM registered_model_aliases WHERE model = $1 ORDER BY alias",
                row => new AliasMessage(row.GetString(0), row.GetInt64(1).ToString(CultureInfo.InvariantCulture)), model.Number)));
    }

    private static void RequireFree(SqlSession session, string name)
    {
        if (Find(session, name) is not null)
        {
            throw ApiException.AlreadyExists($"Registered Model (name={name}) already exists.");
        }
    }

    private static List<T>? OrNull<T>(List<T> list) => list.Count == 0 ? null : list;
}
