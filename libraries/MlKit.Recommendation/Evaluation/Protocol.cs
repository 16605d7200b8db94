namespace MlKit.Recommendation.Evaluation;

/// <summary>Published ways to judge a recommender.</summary>
public enum Protocol
{
    /// <summary>One held-out item per user against 99 given (or drawn) items that the user never met.</summary>
    Ncf,

    /// <summary>The same held-out items against all items outside the training part.</summary>
    NcfFull,

    /// <summary>The last item of each sequence against all items that are not in the sequence.</summary>
    Last,

    /// <summary>The last item of each sequence against 100 drawn items (or those that the data bring along).</summary>
    LastSampled,

    /// <summary>A random quarter of each user's items against all items outside the other three quarters.</summary>
    PerUser7525,

    /// <summary>The newest event of each user against all items outside the earlier events.</summary>
    LatestOut,
}
