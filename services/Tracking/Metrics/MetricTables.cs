using System.Data.Common;
using MlKit.Tracking.Storage;

namespace MlKit.Tracking.Metrics;

/// <summary>
/// Where points lie. Histories want them by key, but a batch that logs a hundred keys would then change a hundred
/// pages of a SQLite file with each commit. So there they are written by time first, side by side, and move to their
/// place by key when a run has gathered enough of them; reads take both tables together. PostgreSQL needs none of it.
/// </summary>
internal static class MetricTables
{
    /// <summary>From so many recent points of a run on, they move: some milliseconds of work.</summary>
    private const int Enough = 2048;

    private const string Columns = "SELECT value, timestamp, step, is_nan FROM";

    private const string InsertPlain =
        "INSERT INTO metrics (run, key, timestamp, step, value, is_nan) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING";

    private const string InsertRecent =
        "INSERT INTO recent_metrics (run, key, timestamp, step, value, is_nan) SELECT $1, $2, $3, $4, $5, $6 "
        + "WHERE NOT EXISTS (SELECT 1 FROM metrics WHERE run = $1 AND key = $2 AND timestamp = $3 AND step = $4 AND value = $5 "
        + "AND is_nan = $6) ON CONFLICT DO NOTHING";

    /// <summary>Writes points; those that are there already are passed over.</summary>
    public static void Insert(SqlSession session, long run, IReadOnlyList<MetricPoint> points)
    {
        var sqlite = session.Dialect == Dialect.Sqlite;
        session.ExecuteMany(sqlite ? InsertRecent : InsertPlain, points, (parameters, point) =>
        {
            parameters.Add(run);
            parameters.Add(point.Key);
            parameters.Add(point.Timestamp);
            parameters.Add(point.Step);
            parameters.Add(point.Value);
            parameters.Add(point.IsNan ? 1L : 0L);
        });

        // Counting costs more than writing a point, so only every so many points are followed by a look.
        if (sqlite && Random.Shared.Next(Enough / 4) < points.Count)
        {
            MoveIfEnough(session, run, Enough);
        }
    }

    /// <summary>The points of a run and key in the order of time, step and value: value, timestamp, step, is_nan.</summary>
    /// <param name="dialect">The database.</param>
    /// <param name="further">A further condition, beginning with AND; <c>$1</c> is the run, <c>$2</c> the key.</param>
    /// <param name="order">Another order.</param>
    public static string Select(Dialect dialect, string further = "", string order = "timestamp, step, value")
    {
        var condition = $"WHERE run = $1 AND key = $2 {further}";
        var recent = dialect == Dialect.Sqlite ? $" UNION ALL {Columns} recent_metrics {condition}" : "";
        return $"{Columns} metrics {condition}{recent} ORDER BY {order}";
    }

    private static string SelectFrom(string table) =>
        $"{Columns} {table} WHERE run = $1 AND key = $2 ORDER BY timestamp, step, value LIMIT $3";

    /// <summary>The points of a run and key in the order of time, step and value.</summary>
    public static List<HistoryPoint> Read(SqlSession session, long run, string key, long limit, long offset)
    {
        if (session.Dialect != Dialect.Sqlite || offset > 0)
        {
            return session.Query(Select(session.Dialect) + " LIMIT $3 OFFSET $4", Point, run, key, limit, offset);
        }

        // Recent points are mostly the later ones: two plain reads, put together here, beat a union in the database.
        var points = session.Query(SelectFrom("metrics"), Point, run, key, limit);
        var recent = session.Query(SelectFrom("recent_metrics"), Point, run, key, limit);
        var inOrder = points.Count == 0 || recent.Count == 0 || points[^1].CompareTo(recent[0]) <= 0;
        points.AddRange(recent);
        if (!inOrder)
        {
            points.Sort();
        }

        if (points.Count > limit)
        {
            points.RemoveRange((int)limit, points.Count - (int)limit);
        }

        return points;
    }

    public static HistoryPoint Point(DbDataReader row) => new(MetricStore.Value(row, 0, 3), row.GetInt64(1), row.GetInt64(2));

    /// <summary>Moves the recent points of a run to their place by key if there are at least so many.</summary>
    public static void MoveIfEnough(SqlSession session, long run, int enough)
    {
        var count = session.Number(
            "SELECT COUNT(*) FROM (SELECT 1 FROM recent_metrics WHERE run = $1 LIMIT $2)", run, (long)enough);
        if (count < enough)
        {
            return;
        }

        session.Execute(
            "INSERT INTO metrics (run, key, timestamp, step, value, is_nan) SELECT run, key, timestamp, step, value, is_nan "
            + "FROM recent_metrics WHERE run = $1 ORDER BY key, timestamp, step, value ON CONFLICT DO NOTHING", run);
        session.Execute("DELETE FROM recent_metrics WHERE run = $1", run);
    }
}
