using MlKit.Tracking.Artifacts;
using MlKit.Tracking.Experiments;
using MlKit.Tracking.Http;
using MlKit.Tracking.Storage;

namespace MlKit.Tracking.Runs;

/// <summary>Reads and changes runs inside a session.</summary>
internal static class RunStore
{
    public static Run? Find(SqlSession session, string runId) =>
        session.First($"SELECT {Run.Columns} FROM runs r WHERE r.run_id = $1", Run.Read, runId);

    public static Run Require(SqlSession session, string runId) =>
        Find(session, runId) ?? throw ApiException.Missing($"Run with id={runId} not found.");

    /// <summary>A run that may be written to.</summary>
    public static Run RequireActive(SqlSession session, string runId)
    {
        var run = Require(session, runId);
        return run.Deleted
            ? throw ApiException.Invalid($"The run {runId} must be in the 'active' state; it is deleted.")
            : run;
    }

    public static Run Create(
        SqlSession session, Experiment experiment, string name, string userId, long startTime, IReadOnlyList<KeyValue> tags)
    {
        var runId = Guid.NewGuid().ToString("n");
        var uri = ArtifactLocation.Append(experiment.ArtifactLocation, $"{runId}/artifacts");
        var number = session.Insert(
            "INSERT INTO runs (run_id, experiment_id, name, user_id, status, start_time, artifact_uri) "
            + "VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING run",
            runId, experiment.Id, name, userId, (int)RunStatus.Running, startTime, uri);
        SetTagRows(session, number, [.. tags.Where(tag => tag.Key != RunNames.Tag), new KeyValue(RunNames.Tag, name)]);
        return new Run(number, runId, experiment.Id, name, userId, RunStatus.Running, startTime, null, uri, false);
    }

    /// <summary>Changes what is not null.</summary>
    public static Run Update(SqlSession session, Run run, RunStatus? status, long? endTime, string? name)
    {
        var changed = run with
        {
            Status = status ?? run.Status,
            EndTime = endTime ?? run.EndTime,
            Name = name ?? run.Name,
        };
        session.Execute("UPDATE runs SET status = $2, end_time = $3, name = $4 WHERE run = $1",
            run.Number, (int)changed.Status, changed.EndTime, changed.Name);
        if (name is not null)
        {
            SetTagRows(session, run.Number, [new KeyValue(RunNames.Tag, name)]);
        }

        return changed;
    }

    public static void SetDeleted(SqlSession session, Run run, bool deleted) =>
        session.Execute("UPDATE runs SET deleted = $2 WHERE run = $1", run.Number, deleted ? 1 : 0);

    /// <summary>Sets tags, of equal keys the last; the tag of the name renames the run.</summary>
    public static void SetTags(SqlSession session, Run run, IReadOnlyList<KeyValue> tags)
    {
        SetTagRows(session, run.Number, tags);
        for (var i = tags.Count - 1; i >= 0; i--)
        {
            if (tags[i].Key == RunNames.Tag)
            {
                session.Execute("UPDATE runs SET name = $2 WHERE run = $1", run.Number, tags[i].Value);
                break;
            }
        }
    }

    public static bool DeleteTag(SqlSession session, Run run, string key) =>
        session.Execute("DELETE FROM tags WHERE run = $1 AND key = $2", run.Number, key) > 0;

    public static string? Tag(SqlSession session, Run run, string key) =>
        session.Text("SELECT value FROM tags WHERE run = $1 AND key = $2", run.Number, key);

    private static void SetTagRows(SqlSession session, long run, IReadOnlyList<KeyValue> tags) => session.ExecuteMany(
        "INSERT INTO tags (run, key, value) VALUES ($1, $2, $3) ON CONFLICT (run, key) DO UPDATE SET value = excluded.value",
        tags,
        (row, tag) =>
        {
            row.Add(run);
            row.Add(tag.Key);
            row.Add(tag.Value);
        });
}
