namespace MlKit.RecommendationApi.Recommendations;

/// <summary>Values of <c>fallback</c> and names in <c>missing</c>.</summary>
internal static class Fallbacks
{
    public const string UnknownUser = "unknown-user";
    public const string Popular = "popular";
    public const string CachedFeatures = "cached-features";
    public const string LastRanking = "last-ranking";

    public const string FeatureServer = "feast";
    public const string Scorer = "scorer";
}
