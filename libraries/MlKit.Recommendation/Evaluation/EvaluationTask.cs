using MlKit.Recommendation.Data;

namespace MlKit.Recommendation.Evaluation;

/// <summary>A data set cut by a protocol: what models may learn from, and the questions that judge them.</summary>
public sealed class EvaluationTask
{
    /// <summary>Which protocol cut the data.</summary>
    public required Protocol Protocol { get; init; }

    /// <summary>All that a model may see.</summary>
    public required UserHistories Training { get; init; }

    /// <summary>One question per user that has something held out.</summary>
    public required IReadOnlyList<RankingCase> Cases { get; init; }

    /// <summary>By item of the data set: whether it competes; null: all do.</summary>
    public bool[]? Competes { get; init; }

    /// <summary>The users whose newest training events may be used for tuning; null: any.</summary>
    public IReadOnlyList<int>? TuningUsers { get; init; }

    /// <summary>Whether "before" means something: false where the cut is random.</summary>
    public bool InOrder => Protocol != Protocol.PerUser7525;

    /// <summary>Whether features may ask for the time of day: the data have times and the cut respects them.</summary>
    public bool HasClock => Training.Data.HasClock && InOrder;
}
