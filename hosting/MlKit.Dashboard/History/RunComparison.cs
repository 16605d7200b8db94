using MlKit.Dashboard.Resources;

namespace MlKit.Dashboard.History;

/// <summary>What differs between two runs: how soon resources were ready, how long requests took, what failed.</summary>
/// <param name="Resources">Start of resources, in order of the first run.</param>
/// <param name="Requests">Requests by service and name, the most frequent first.</param>
/// <param name="Errors">Errors by service.</param>
public sealed record RunComparison(
    IReadOnlyList<RunComparison.ResourceStart> Resources,
    IReadOnlyList<RunComparison.RequestPair> Requests,
    IReadOnlyList<RunComparison.ErrorPair> Errors)
{
    /// <summary>Compares two runs.</summary>
    internal static RunComparison Of(RunData first, RunData second) => new(
        Starts(first, second),
        Pair(
            RequestStatistics.Of(first.Stores.Traces), RequestStatistics.Of(second.Stores.Traces),
            (key, a, b) => new RequestPair(key.Service, key.Name, a, b), pair => -Math.Max(pair.First?.Count ?? 0, pair.Second?.Count ?? 0)),
        Pair(ErrorsOf(first), ErrorsOf(second), (service, a, b) => new ErrorPair(service, a, b), pair => -Math.Max(pair.First?.Logs ?? 0, pair.Second?.Logs ?? 0)));

    private static List<ResourceStart> Starts(RunData first, RunData second)
    {
        var (a, b) = (ByName(first), ByName(second));
        return
        [
            .. a.Keys.Union(b.Keys)
                .Select(name => new ResourceStart(name, a.GetValueOrDefault(name), b.GetValueOrDefault(name)))
                .OrderBy(start => (start.First ?? start.Second)?.ReadyAfter ?? TimeSpan.MaxValue)
                .ThenBy(start => start.Name, StringComparer.OrdinalIgnoreCase),
        ];
    }

    // Of replicas the slowest counts: the resource is ready when all are.
    private static Dictionary<string, Start> ByName(RunData run) => run.Stores.Resources.All
        .Where(resource => !resource.IsHidden && resource.Type != "Parameter")
        .GroupBy(resource => resource.Name)
        .ToDictionary(group => group.Key, group => group.Select(resource => StartOf(run, resource)).OrderByDescending(start => start.ReadyAfter ?? TimeSpan.MaxValue).First());

    private static Start StartOf(RunData run, ResourceSnapshot resource)
    {
        TimeSpan? Since(DateTimeOffset? moment) => moment is null ? null : moment.Value > run.Info.StartedAt ? moment.Value - run.Info.StartedAt : TimeSpan.Zero;
        var took = resource.StoppedAt - resource.StartedAt;
        return new Start(Since(resource.FirstRunningAt), Since(resource.FirstHealthyAt), ResourceCondition.Of(resource), took);
    }

    private static Dictionary<string, ErrorCount> ErrorsOf(RunData run)
    {
        var logs = run.Stores.Logs.ErrorCounts();
        var spans = run.Stores.Traces.ErrorCounts();
        return logs.Keys.Union(spans.Keys).ToDictionary(service => service, service => new ErrorCount(logs.GetValueOrDefault(service), spans.GetValueOrDefault(service)));
    }

    private static List<TPair> Pair<TKey, TValue, TPair>(
        IReadOnlyDictionary<TKey, TValue> first, IReadOnlyDictionary<TKey, TValue> second, Func<TKey, TValue?, TValue?, TPair> pair, Func<TPair, int> order)
        where TKey : notnull
        where TValue : class =>
        [.. first.Keys.Union(second.Keys).Select(key => pair(key, first.GetValueOrDefault(key), second.GetValueOrDefault(key))).OrderBy(order)];

    /// <summary>How one resource came up.</summary>
    /// <param name="RunningAfter">From the run's start until it ran; null when it never did.</param>
    /// <param name="ReadyAfter">Until it was healthy.</param>
    /// <param name="Condition">What it was at the end.</param>
    /// <param name="Took">How long a job took; null for what did not end.</param>
    public sealed record Start(TimeSpan? RunningAfter, TimeSpan? ReadyAfter, ResourceCondition Condition, TimeSpan? Took);

    /// <summary>One resource in both runs.</summary>
    /// <param name="Name">The resource.</param>
    /// <param name="First">In the first run; null where it has none.</param>
    /// <param name="Second">In the second run.</param>
    public sealed record ResourceStart(string Name, Start? First, Start? Second);

    /// <summary>One kind of request in both runs.</summary>
    /// <param name="Service">Who answers.</param>
    /// <param name="Name">The span's name.</param>
    /// <param name="First">In the first run; null where there were none.</param>
    /// <param name="Second">In the second run.</param>
    public sealed record RequestPair(string Service, string Name, RequestStatistics? First, RequestStatistics? Second);

    /// <summary>What failed in a service.</summary>
    /// <param name="Logs">Entries of level error and above.</param>
    /// <param name="Spans">Failed spans.</param>
    public sealed record ErrorCount(int Logs, int Spans);

    /// <summary>One service's errors in both runs.</summary>
    /// <param name="Service">The service.</param>
    /// <param name="First">In the first run; null where there were none.</param>
    /// <param name="Second">In the second run.</param>
    public sealed record ErrorPair(string Service, ErrorCount? First, ErrorCount? Second);
}
