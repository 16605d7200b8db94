namespace MlKit.Recommendation.Ranking;

/// <summary>A trained ranking model.</summary>
/// <param name="Kind">Which trainer made it; never <see cref="RankerKind.Auto"/>.</param>
/// <param name="Trees">The ensemble.</param>
/// <param name="Zip">The same model as ML.NET saves it: input column <c>Features</c>, output column <c>Score</c>.</param>
/// <param name="Fallback">Why LightGBM was not used although it was wanted; null where it was used.</param>
public sealed record RankerModel(RankerKind Kind, TreeEnsemble Trees, byte[] Zip, RankerFallback? Fallback);
