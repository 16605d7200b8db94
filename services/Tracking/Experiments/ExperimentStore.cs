using System.Data.Common;
using System.Globalization;
using MlKit.Tracking.Http;
using MlKit.Tracking.Storage;

namespace MlKit.Tracking.Experiments;

/// <summary>An experiment's row.</summary>
internal sealed record Experiment(
    long Id, string Name, string ArtifactLocation, bool Deleted, long CreationTime, long LastUpdateTime)
{
    public string IdText => Id.ToString(CultureInfo.InvariantCulture);

    public ExperimentMessage ToMessage(IReadOnlyList<KeyValue> tags) => new(
        IdText, Name, ArtifactLocation, Deleted ? "deleted" : "active", LastUpdateTime, CreationTime,
        tags.Count == 0 ? null : tags);
}

/// <summary>Reads and changes experiments inside a session.</summary>
internal static class ExperimentStore
{
    public const string Columns = "e.experiment_id, e.name, e.artifact_location, e.deleted, e.creation_time, e.last_update_time";

    private const string DefaultName = "Default";
    private const string ArtifactScheme = "mlflow-artifacts:/";

    /// <summary>Experiment 0 is there from the first start; clients log into it unless told otherwise.</summary>
    public static void EnsureDefault(SqlSession session, long now) => session.Execute(
        "INSERT INTO experiments (experiment_id, name, artifact_location, creation_time, last_update_time) "
        + "VALUES (0, $1, $2, $3, $3) ON CONFLICT DO NOTHING",
        DefaultName, ArtifactScheme + "0", now);

    public static Experiment Read(DbDataReader row) => new(
        row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetInt64(3) != 0, row.GetInt64(4), row.GetInt64(5));

    public static Experiment? Find(SqlSession session, string id) => TryParseId(id, out var number)
        ? session.First($"SELECT {Columns} FROM experiments e WHERE experiment_id = $1", Read, number)
        : null;

    public static Experiment Require(SqlSession session, string id) =>
        Find(session, id) ?? throw (long.TryParse(id, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)
            ? ApiException.Missing($"No experiment with id={id} exists.")
            : ApiException.Invalid($"Invalid experiment ID '{id}'. Experiment ID must be a valid integer."));

    /// <summary>An experiment that may be written to.</summary>
    public static Experiment RequireActive(SqlSession session, string id)
    {
        var experiment = Require(session, id);
        return experiment.Deleted
            ? throw ApiException.Invalid($"The experiment {id} must be in the 'active' state; it is deleted.")
            : experiment;
    }

    public static Experiment? FindByName(SqlSession session, string name) =>
        session.First($"SELECT {Columns} FROM experiments e WHERE name = $1", Read, name);

    public static IReadOnlyList<KeyValue> Tags(SqlSession session, long id) => session.Query(
        "SELECT key, value FROM experiment_tags WHERE experiment_id = $1 ORDER BY key",
        row => new KeyValue(row.GetString(0), row.GetString(1)), id);

    public static long Create(
        SqlSession session, string name, string? location, IReadOnlyList<KeyValue> tags, long now)
    {
        if (FindByName(session, name) is { } taken)
        {
            throw ApiException.AlreadyExists(taken.Deleted
                ? $"Experiment '{name}' already exists in deleted state. Restore it, or choose another name."
                : $"Experiment '{name}' already exists.");
        }

        var id = session.Insert(
            "INSERT INTO experiments (name, artifact_location, creation_time, last_update_time) VALUES ($1, $2, $3, $3) RETURNING experiment_id",
            name, location ?? "", now);
        if (location is null)
        {
            session.Execute("UPDATE experiments SET artifact_location = $2 WHERE experiment_id = $1",
                id, ArtifactScheme + id.ToString(CultureInfo.InvariantCulture));
        }

        foreach (var tag in tags)
        {
            SetTag(session, id, tag);
        }

        return id;
    }

    public static void Rename(SqlSession session, Experiment experiment, string name, long now)
    {
        if (FindByName(session, name) is { } taken && taken.Id != experiment.Id)
        {
            throw ApiException.BadRequest($"Experiment '{name}' already exists.");
        }

        session.Execute("UPDATE experiments SET name = $2, last_update_time = $3 WHERE experiment_id = $1",
            experiment.Id, name, now);
    }

    /// <summary>Deletes or restores an experiment together with all its runs.</summary>
    public static void SetDeleted(SqlSession session, Experiment experiment, bool deleted, long now)
    {
        var flag = deleted ? 1 : 0;
        session.Execute("UPDATE experiments SET deleted = $2, last_update_time = $3 WHERE experiment_id = $1",
            experiment.Id, flag, now);
        session.Execute("UPDATE runs SET deleted = $2 WHERE experiment_id = $1", experiment.Id, flag);
    }

    public static void SetTag(SqlSession session, long id, KeyValue tag) => session.Execute(
        "INSERT INTO experiment_tags (experiment_id, key, value) VALUES ($1, $2, $3) "
        + "ON CONFLICT (experiment_id, key) DO UPDATE SET value = excluded.value",
        id, tag.Key, tag.Value);

    public static bool DeleteTag(SqlSession session, long id, string key) =>
        session.Execute("DELETE FROM experiment_tags WHERE experiment_id = $1 AND key = $2", id, key) > 0;

    public static bool TryParseId(string id, out long number) =>
        long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
