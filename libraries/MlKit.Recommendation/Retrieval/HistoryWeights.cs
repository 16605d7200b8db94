namespace MlKit.Recommendation.Retrieval;

/// <summary>
/// The weights that callers of the retrieval model give to a history: 1 for the newest item, halved per
/// <see cref="StandardHalfLife"/> items of age. The model raises them to powers of its own, so its half-lives can
/// be tuned without any caller knowing.
/// </summary>
public static class HistoryWeights
{
    /// <summary>Number of newer items after which the standard weight is one half.</summary>
    public const double StandardHalfLife = 50;

    /// <summary>Weight of the item with <paramref name="age"/> newer items in the history.</summary>
    public static float Standard(int age) => (float)Math.Pow(0.5, age / StandardHalfLife);

    /// <summary>The power that turns standard weights into weights of the given half-life.</summary>
    internal static float Power(double halfLife) => (float)(StandardHalfLife / halfLife);
}
