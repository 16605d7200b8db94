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
}
