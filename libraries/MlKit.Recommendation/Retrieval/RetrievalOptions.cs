namespace MlKit.Recommendation.Retrieval;

/// <summary>Parameters of the retrieval model. The defaults suit data between 1e5 and 1e6 events; the worker tunes them.</summary>
public sealed record RetrievalOptions
{
    /// <summary>Items with most users that the model knows.</summary>
    public int MaxItems { get; init; } = 200_000;

    /// <summary>Items with most users that EASE and the next-item regression cover; memory is 16 bytes times the square of it while training.</summary>
    public int DenseItems { get; init; } = 5_000;

    /// <summary>EASE's ridge: larger means weaker, smoother weights.</summary>
    public double EaseLambda { get; init; } = 400;

    /// <summary>Events after which the weight of a history item halves in the recency-weighted EASE.</summary>
    public double EaseHalfLife { get; init; } = 5;

    /// <summary>Ridge of the next-item regression.</summary>
    public double NextLambda { get; init; } = 50;

    /// <summary>Events after which the weight of a history item halves in the next-item regression.</summary>
    public double NextHalfLife { get; init; } = 2;

    /// <summary>Events after which the weight of a history item halves in the transition model.</summary>
    public double TransitionHalfLife { get; init; } = 2;

    /// <summary>Largest number of transitions kept per item.</summary>
    public int TransitionsPerItem { get; init; } = 300;

    /// <summary>Largest number of neighbours kept per item.</summary>
    public int NeighboursPerItem { get; init; } = 100;

    /// <summary>Shrinkage of the cosine of rarely met items.</summary>
    public double NeighbourShrink { get; init; } = 20;

    /// <summary>Events after which the weight of a history item halves in the recency-weighted item-kNN.</summary>
    public double NeighbourHalfLife { get; init; } = 5;

    /// <summary>Parameters of iALS; null leaves it out.</summary>
    public FactorOptions? Factors { get; init; } = new();

    /// <summary>Events after which the weight of a history item halves in the taste for genres.</summary>
    public double GenreHalfLife { get; init; } = 10;

    /// <summary>Time after which an event counts half in popularity; <see cref="TimeSpan.MaxValue"/>: never.</summary>
    public TimeSpan PopularityHalfLife { get; init; } = TimeSpan.FromDays(60);

    /// <summary>So many of the best of the blend are candidates of the ranking model in any case.</summary>
    public int BlendCandidates { get; init; } = 100;

    /// <summary>
    /// By name of a part: so many of its own best are candidates too, however the blend thinks of them. What one part alone
    /// knows is thus seen by the ranking model.
    /// </summary>
    public IReadOnlyDictionary<string, int> CandidateSources { get; init; } = new Dictionary<string, int>
    {
        [ComponentNames.Ease] = 100,
        [ComponentNames.Transitions] = 100,
        [ComponentNames.Popularity] = 50,
    };

    /// <summary>Weight of each part's z-score in the blend by name; parts that are not named weigh 0.</summary>
    public IReadOnlyDictionary<string, double> Weights { get; init; } = new Dictionary<string, double>
    {
        [ComponentNames.EaseRecent] = 0.7,
        [ComponentNames.Transitions] = 1,
    };
}
