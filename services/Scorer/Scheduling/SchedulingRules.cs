using System.Diagnostics;
using MlKit.Inference.Grpc.Messages;

namespace MlKit.Scorer.Scheduling;

/// <summary>How long requests may wait, and how many.</summary>
/// <param name="Timeout">Ticks after which a waiting request is given up; 0: never.</param>
/// <param name="Delays">A request that waited too long goes behind all others instead of being refused.</param>
/// <param name="AllowsOverride">A request may set its own timeout.</param>
/// <param name="MaxSize">Requests that may wait; 0: any number.</param>
internal sealed record QueueRule(long Timeout, bool Delays, bool AllowsOverride, int MaxSize)
{
    /// <summary>A model without dynamic batching: only the request's own timeout counts.</summary>
    public static QueueRule Open { get; } = new(0, false, true, 0);

    public static QueueRule From(ModelQueuePolicy? policy) => policy is null
        ? Open with { AllowsOverride = false }
        : new QueueRule(
            SchedulingRules.Microseconds(policy.DefaultTimeoutMicroseconds),
            policy.TimeoutAction == ModelQueuePolicy.Types.TimeoutAction.Delay,
            policy.AllowTimeoutOverride,
            (int)Math.Min(policy.MaxQueueSize, int.MaxValue));
}

/// <summary>When and how the requests of a model run.</summary>
internal sealed record SchedulingRules
{
    /// <summary>Runs at the same time.</summary>
    public required int Instances { get; init; }

    /// <summary>Rows that one run may take; 0: every request runs alone.</summary>
    public int MaxBatch { get; init; }

    /// <summary>Numbers of rows worth sending at once.</summary>
    public IReadOnlyList<int> Preferred { get; init; } = [];

    /// <summary>Ticks that the oldest request waits for company.</summary>
    public long Delay { get; init; }

    /// <summary>Number of priorities; 0: all are equal.</summary>
    public ulong Levels { get; init; }

    /// <summary>The priority of a request that names none.</summary>
    public ulong DefaultLevel { get; init; }

    /// <summary>Whether requests share runs.</summary>
    public bool Batches => MaxBatch > 0;

    /// <summary>Rules of the queue of every priority that has none of its own.</summary>
    public QueueRule DefaultQueue { get; init; } = QueueRule.Open;

    public IReadOnlyDictionary<ulong, QueueRule> Queues { get; init; } = new Dictionary<ulong, QueueRule>();

    /// <param name="config">The model's complete configuration.</param>
    /// <param name="instances">Runs at the same time where the configuration does not say.</param>
    public static SchedulingRules From(ModelConfig config, int instances)
    {
        var configured = config.InstanceGroup.Sum(group => group.Count == 0 ? 1 : group.Count);
        var rules = new SchedulingRules { Instances = configured > 0 ? configured : instances };
        if (config.DynamicBatching is not { } batching)
        {
            return rules;
        }

        return rules with
        {
            MaxBatch = config.MaxBatchSize,
            Preferred = [.. batching.PreferredBatchSize.Order()],
            Delay = Microseconds(batching.MaxQueueDelayMicroseconds),
            Levels = batching.PriorityLevels,
            DefaultLevel = batching.DefaultPriorityLevel,
            DefaultQueue = batching.DefaultQueuePolicy is null ? QueueRule.Open : QueueRule.From(batching.DefaultQueuePolicy),
            Queues = batching.PriorityQueuePolicy.ToDictionary(pair => pair.Key, pair => QueueRule.From(pair.Value)),
        };
    }

    public QueueRule QueueOf(ulong level) => Queues.GetValueOrDefault(level, DefaultQueue);

    /// <summary>The level of a request's priority; one that the model does not have counts as none, as in Triton.</summary>
    public ulong LevelOf(ulong priority) => priority == 0 || priority > Levels ? DefaultLevel : priority;

    /// <summary>Ticks of <see cref="Stopwatch"/>.</summary>
    public static long Microseconds(ulong microseconds) =>
        (long)Math.Min(microseconds * (Stopwatch.Frequency / 1e6), long.MaxValue / 4);
}
