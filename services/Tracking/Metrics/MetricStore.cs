using System.Data.Common;
using MlKit.Tracking.Runs;
using MlKit.Tracking.Storage;

namespace MlKit.Tracking.Metrics;

/// <summary>
/// Writes and reads metric points. A point that is there already is passed over, so that a repeated batch does no
/// harm; the latest point of each metric is kept beside the history.
/// </summary>
internal static class MetricStore
{
    private const string UpsertLatest =
        "INSERT INTO latest_metrics (run, key, value, timestamp, step, is_nan) VALUES ($1, $2, $3, $4, $5, $6) "
        + "ON CONFLICT (run, key) DO UPDATE SET value = excluded.value, timestamp = excluded.timestamp, "
        + "step = excluded.step, is_nan = excluded.is_nan "
        + "WHERE (excluded.step, excluded.timestamp, excluded.value) "
        + "> (latest_metrics.step, latest_metrics.timestamp, latest_metrics.value)";

    public static void Log(SqlSession session, Run run, IReadOnlyList<MetricPoint> points)
    {
        MetricTables.Insert(session, run.Number, points);
        session.ExecuteMany(UpsertLatest, LatestOf(points), (parameters, point) =>
        {
            parameters.Add(run.Number);
            parameters.Add(point.Key);
            parameters.Add(point.Value);
            parameters.Add(point.Timestamp);
            parameters.Add(point.Step);
            parameters.Add(point.IsNan ? 1L : 0L);
        });
        foreach (var point in points)
        {
            if (point.ModelId is not null)
            {
                LogForModel(session, run, point);
            }
        }
    }

    /// <summary>The latest point of each key, in the order of keys, so that two writers never wait for each other.</summary>
    private static IReadOnlyList<MetricPoint> LatestOf(IReadOnlyList<MetricPoint> points)
    {
        if (points.Count < 2)
        {
            return points;
        }

        var latest = new Dictionary<string, MetricPoint>(points.Count, StringComparer.Ordinal);
        foreach (var point in points)
        {
            if (!latest.TryGetValue(point.Key, out var before) || point.IsAfter(before))
            {
                latest[point.Key] = point;
            }
        }

        var ordered = latest.Values.ToArray();
        Array.Sort(ordered, (a, b) => string.CompareOrdinal(a.Key, b.Key));
        return ordered;
    }

    public static List<MetricMessage> Latest(SqlSession session, long run) => session.Query(
        "SELECT key, value, timestamp, step, is_nan FROM latest_metrics WHERE run = $1 ORDER BY key",
        row => new MetricMessage(row.GetString(0), Value(row, 1, 4), row.GetInt64(2), row.GetInt64(3)), run);

    /// <summary>NaN is stored as 0 with a flag; the flag is looked at only then.</summary>
    public static double Value(DbDataReader row, int value, int isNan)
    {
        var stored = row.GetDouble(value);
        return stored == 0 && row.GetInt64(isNan) != 0 ? double.NaN : stored;
    }

    private static void LogForModel(SqlSession session, Run run, MetricPoint point) => session.Execute(
        "INSERT INTO logged_model_metrics (model, key, timestamp, step, run, value, is_nan, dataset_name, dataset_digest) "
        + "SELECT model, $2, $3, $4, $5, $6, $7, $8, $9 FROM logged_models WHERE model_id = $1 ON CONFLICT DO NOTHING",
        point.ModelId, point.Key, point.Timestamp, point.Step, run.Number, point.Value, point.IsNan ? 1L : 0L,
        point.DatasetName, point.DatasetDigest);
}
