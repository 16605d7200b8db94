namespace MlKit.Recommendation.Retrieval;

/// <summary>Parameters of the retrieval model. The defaults suit data between 1e5 and 1e6 events.</summary>
public sealed record RetrievalOptions
{
    /// <summary>EASE's ridge: larger means weaker, smoother weights.</summary>
    public double Lambda { get; init; } = 400;

    /// <summary>Items with most users that the model knows; memory is 24 bytes times the square of it while training.</summary>
    public int MaxItems { get; init; } = 5_000;

    /// <summary>Events after which the weight of a history item halves in EASE; infinity means equal weights.</summary>
    public double EaseHalfLife { get; init; } = double.PositiveInfinity;

    /// <summary>Events after which the weight of a history item halves in the transition model.</summary>
    public double TransitionHalfLife { get; init; } = 2;

    /// <summary>Weight of the transition model's z-score beside EASE's; 0 leaves the transition model out.</summary>
    public double TransitionWeight { get; init; } = 0.7;

    /// <summary>Time after which an event counts half in the popularity that unknown users get.</summary>
    public TimeSpan PopularityHalfLife { get; init; } = TimeSpan.FromDays(60);

    /// <summary>Largest number of transitions kept per item.</summary>
    public int TransitionsPerItem { get; init; } = 200;
}
