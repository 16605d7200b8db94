namespace MlKit.Recommendation.Ranking;

/// <summary>Trainers of the ranking model.</summary>
public enum RankerKind
{
    /// <summary>LightGBM, or FastTree where LightGBM's native library does not load.</summary>
    Auto,

    /// <summary>LightGBM LambdaRank.</summary>
    LightGbm,

    /// <summary>ML.NET's FastTree ranking (LambdaMART); managed code only.</summary>
    FastTree,

    /// <summary>The order of retrieval as it is, see <see cref="OrderKeeper"/>; chosen by the worker, never by a setting.</summary>
    Retrieval,
}
