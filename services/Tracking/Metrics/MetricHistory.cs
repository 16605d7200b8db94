using MlKit.Tracking.Http;
using MlKit.Tracking.Search;
using MlKit.Tracking.Storage;

namespace MlKit.Tracking.Metrics;

/// <summary>Reads histories: of one run, and of several for charts.</summary>
internal static class MetricHistory
{
    private const int MostRuns = 100;
    private const int MostBulkPoints = 25_000;
    private const int MostSampledPoints = 2500;

    /// <summary>One page; everything where the request names no size.</summary>
    public static Reply OfRun(SqlSession session, ApiRequest request)
    {
        var runId = request.RequiredRunId();
        var key = request.RequiredText("metric_key");
        var page = Paging.Read(request, int.MaxValue - 1, int.MaxValue - 1);
        if (RunNumber(session, runId) is not { } run)
        {
            return Reply.Empty;
        }

        var points = MetricTables.Read(session, run, key, page.Size + 1L, page.Offset);
        var next = page.NextIfMore(points);
        return points.Count == 0 ? Reply.Empty : new HistoryReply(key, points, next);
    }

    /// <summary>The points of several runs, one run after the other, up to a total.</summary>
    public static MetricsReply Bulk(SqlSession session, ApiRequest request)
    {
        var runIds = Runs(request.TextList("run_id"), "run_id");
        var key = request.RequiredText("metric_key");
        var rest = Math.Min(request.Int64("max_results") ?? MostBulkPoints, MostBulkPoints);
        var points = new List<MetricMessage>();
        foreach (var runId in runIds.Order(StringComparer.Ordinal))
        {
            if (rest > points.Count && RunNumber(session, runId) is { } run)
            {
                points.AddRange(MetricTables.Read(session, run, key, rest - points.Count, 0).Select(point => point.ToMessage(key, runId)));
            }
        }

        return new MetricsReply(points, null);
    }

    /// <summary>The points of several runs, thinned out to a number per run.</summary>
    public static MetricsReply Sampled(SqlSession session, ApiRequest request)
    {
        var runIds = Runs(request.TextList("run_ids"), "run_ids");
        var key = request.RequiredText("metric_key");
        var (start, end) = Range(request);
        var most = request.Int64("max_results") ?? MostSampledPoints;
        if (most is < 1 or > MostSampledPoints)
        {
            throw ApiException.Invalid($"'max_results' is {most}; it must be between 1 and {MostSampledPoints}.");
        }

        var points = new List<MetricMessage>();
        foreach (var runId in runIds.Distinct())
        {
            if (RunNumber(session, runId) is { } run)
            {
                AddSample(session, points, runId, run, key, start, end, (int)most);
            }
        }

        return new MetricsReply(points.Count == 0 ? null : points, null);
    }

    private static (long Start, long End) Range(ApiRequest request)
    {
        var (start, end) = (request.Int64("start_step"), request.Int64("end_step"));
        if (start is null != end is null)
        {
            throw ApiException.Invalid("If either 'start_step' or 'end_step' is given, both must be.");
        }

        return start > end
            ? throw ApiException.Invalid($"'end_step' ({end}) must not be smaller than 'start_step' ({start}).")
            : (start ?? long.MinValue, end ?? long.MaxValue);
    }

    private static void AddSample(
        SqlSession session, List<MetricMessage> points, string runId, long run, string key, long start, long end, int most)
    {
        const string range = "AND step BETWEEN $3 AND $4";
        var select = MetricTables.Select(session.Dialect, range, "step, timestamp, value");
        var count = session.Number($"SELECT COUNT(*) FROM ({select}) points", run, key, start, end) ?? 0;
        var wanted = PointSample.Positions(count, most).ToHashSet();
        var position = 0L;
        session.ForEach(
            select,
            row =>
            {
                if (wanted.Contains(position++))
                {
                    points.Add(MetricTables.Point(row).ToMessage(key, runId));
                }
            },
            run, key, start, end);
    }

    private static IReadOnlyList<string> Runs(IReadOnlyList<string> ids, string name) => ids.Count switch
    {
        0 => throw ApiException.MissingParameter(name),
        > MostRuns => throw ApiException.Invalid($"'{name}' names {ids.Count} runs; at most {MostRuns} are allowed."),
        _ => ids,
    };

    private static long? RunNumber(SqlSession session, string runId) =>
        session.Number("SELECT run FROM runs WHERE run_id = $1", runId);
}
