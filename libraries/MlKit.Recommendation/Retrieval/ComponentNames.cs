namespace MlKit.Recommendation.Retrieval;

/// <summary>Names of the parts of the retrieval model, as in options, metadata, metrics and the ranking model's features.</summary>
public static class ComponentNames
{
    /// <summary>EASE on the whole history.</summary>
    public const string Ease = "ease";

    /// <summary>EASE with recency weights.</summary>
    public const string EaseRecent = "ease_recent";

    /// <summary>Ridge regression to the next item.</summary>
    public const string Next = "next";

    /// <summary>Counted transitions from the newest items.</summary>
    public const string Transitions = "transitions";

    /// <summary>Counted transitions from the newest item alone.</summary>
    public const string Last = "last";

    /// <summary>Item-kNN on the whole history.</summary>
    public const string Neighbours = "neighbours";

    /// <summary>Item-kNN with recency weights.</summary>
    public const string NeighboursRecent = "neighbours_recent";

    /// <summary>iALS with fold-in.</summary>
    public const string Factors = "factors";

    /// <summary>Genres in common with the newest items.</summary>
    public const string Genres = "genres";

    /// <summary>Popularity with time decay.</summary>
    public const string Popularity = "popularity";

    /// <summary>All parts, in the order of the model's output <c>components</c>.</summary>
    public static IReadOnlyList<string> All { get; } =
        [Ease, EaseRecent, Next, Transitions, Last, Neighbours, NeighboursRecent, Factors, Genres, Popularity];

    /// <summary>The parts that read no order of events.</summary>
    public static IReadOnlyList<string> OrderFree { get; } = [Ease, Neighbours, Factors, Popularity];
}
