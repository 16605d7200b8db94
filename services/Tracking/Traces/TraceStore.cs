using System.Globalization;
using MlKit.Tracking.Artifacts;
using MlKit.Tracking.Experiments;
using MlKit.Tracking.Http;
using MlKit.Tracking.Search;
using MlKit.Tracking.Storage;

namespace MlKit.Tracking.Traces;

/// <summary>Reads and changes traces inside a session.</summary>
internal static class TraceStore
{
    public static Trace? Find(SqlSession session, string traceId) =>
        session.First($"SELECT {Trace.Columns} FROM traces t WHERE t.trace_id = $1", Trace.Read, traceId);

    public static Trace Require(SqlSession session, string traceId) =>
        Find(session, traceId) ?? throw ApiException.Missing($"Trace with ID '{traceId}' not found.");

    /// <summary>
    /// Stores what a client says at the end of a trace. Spans may have come before; what the client says then counts,
    /// beside tags and metadata that it does not name.
    /// </summary>
    public static Trace Start(SqlSession session, TraceFields fields)
    {
        var experiment = ExperimentStore.RequireActive(session, fields.ExperimentId);
        var number = Find(session, fields.TraceId)?.Number ?? Insert(
            session, fields.TraceId, experiment, fields.TimestampMs, fields.ExecutionMs, fields.State);
        session.Execute(
            "UPDATE traces SET experiment_id = $2, timestamp_ms = $3, execution_ms = $4, state = $5, client_request_id = $6, "
            + "request_preview = COALESCE($7, request_preview), response_preview = COALESCE($8, response_preview) WHERE trace = $1",
            number, experiment.Id, fields.TimestampMs, fields.ExecutionMs, fields.State, fields.ClientRequestId,
            fields.RequestPreview, fields.ResponsePreview);
        SetTags(session, number, fields.Tags);
        SetTag(session, number, TraceKeys.ArtifactLocation, ArtifactsOf(experiment, fields.TraceId));
        foreach (var (key, value) in fields.Metadata)
        {
            SetMetadata(session, number, key, value);
        }

        SetMetadata(session, number, TraceKeys.Finalized, "true");
        return Require(session, fields.TraceId);
    }

    /// <summary>A new trace, with the place of its artifacts as tag; returns its number.</summary>
    public static long Insert(
        SqlSession session, string traceId, Experiment experiment, long timestampMs, long? executionMs, string state)
    {
        var number = session.Insert(
            "INSERT INTO traces (trace_id, experiment_id, timestamp_ms, execution_ms, state) VALUES ($1, $2, $3, $4, $5) RETURNING trace",
            traceId, experiment.Id, timestampMs, executionMs, state);
        SetTag(session, number, TraceKeys.ArtifactLocation, ArtifactsOf(experiment, traceId));
        return number;
    }

    public static void SetTags(SqlSession session, long trace, IReadOnlyDictionary<string, string> tags)
    {
        foreach (var (key, value) in tags)
        {
            SetTag(session, trace, key, value);
        }
    }

    public static void SetTag(SqlSession session, long trace, string key, string value) => session.Execute(
        "INSERT INTO trace_tags (trace, key, value) VALUES ($1, $2, $3) "
        + "ON CONFLICT (trace, key) DO UPDATE SET value = excluded.value",
        trace, key, value);

    public static bool DeleteTag(SqlSession session, long trace, string key) =>
        session.Execute("DELETE FROM trace_tags WHERE trace = $1 AND key = $2", trace, key) > 0;

    public static void SetMetadata(SqlSession session, long trace, string key, string value) => session.Execute(
        "INSERT INTO trace_metadata (trace, key, value) VALUES ($1, $2, $3) "
        + "ON CONFLICT (trace, key) DO UPDATE SET value = excluded.value",
        trace, key, value);

    public static string? Metadata(SqlSession session, long trace, string key) =>
        session.Text("SELECT value FROM trace_metadata WHERE trace = $1 AND key = $2", trace, key);

    /// <summary>Deletes traces of an experiment, the oldest first, and returns how many.</summary>
    public static int Delete(SqlSession session, string experimentId, long? upTo, long? most, IReadOnlyList<string> traceIds)
    {
        if (!ExperimentStore.TryParseId(experimentId, out var experiment))
        {
            return 0;
        }

        var sql = new SqlBuilder();
        sql.Append($"SELECT trace FROM traces WHERE experiment_id = {sql.Argument(experiment)}");
        if (upTo is { } limit)
        {
            sql.Append($" AND timestamp_ms <= {sql.Argument(limit)}");
        }

        if (traceIds.Count > 0)
        {
            sql.Append($" AND trace_id IN {sql.List([.. traceIds.Distinct()])}");
        }

        sql.Append(" ORDER BY timestamp_ms, trace_id");
        if (most is { } count)
        {
            sql.Append($" LIMIT {sql.Argument(count)}");
        }

        var traces = session.Query(sql.Text, row => row.GetInt64(0), sql.Arguments);
        foreach (var table in (string[])["spans", "trace_tags", "trace_metadata", "traces"])
        {
            session.ExecuteMany($"DELETE FROM {table} WHERE trace = $1", traces, (parameters, trace) => parameters.Add(trace));
        }

        return traces.Count;
    }

    public static TraceInfoMessage ToMessage(SqlSession session, Trace trace) => new(
        trace.TraceId, trace.ClientRequestId,
        new TraceLocationMessage(
            "MLFLOW_EXPERIMENT",
            new ExperimentLocationMessage(trace.ExperimentId.ToString(CultureInfo.InvariantCulture))),
        trace.RequestPreview, trace.ResponsePreview, TraceTimes.Time(trace.TimestampMs),
        trace.ExecutionMs is { } duration ? TraceTimes.Duration(duration) : null, trace.State,
        Pairs(session, "trace_metadata", trace.Number), Pairs(session, "trace_tags", trace.Number));

    private static Dictionary<string, string>? Pairs(SqlSession session, string table, long trace)
    {
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        session.ForEach(
            $"SELECT key, value FROM {table} WHERE trace = $1 ORDER BY key", row => pairs[row.GetString(0)] = row.GetString(1), trace);
        return pairs.Count == 0 ? null : pairs;
    }

    private static string ArtifactsOf(Experiment experiment, string traceId) =>
        ArtifactLocation.Append(experiment.ArtifactLocation, $"traces/{traceId}/artifacts");
}
