namespace MlKit.Recommendation.Retrieval;

/// <summary>A part of the blend.</summary>
/// <param name="Name">One of <see cref="ComponentNames"/>.</param>
/// <param name="Scorer">The part itself.</param>
/// <param name="Weight">Weight of its z-score.</param>
public sealed record RetrievalComponent(string Name, HistoryScorer Scorer, float Weight);
