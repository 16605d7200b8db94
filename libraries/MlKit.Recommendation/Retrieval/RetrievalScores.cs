namespace MlKit.Recommendation.Retrieval;

/// <summary>What a retrieval model says of every item it knows, each array of length n.</summary>
/// <param name="Total">The score that orders candidates; larger is better. Seen items are not masked here.</param>
/// <param name="Ease">z-score of EASE.</param>
/// <param name="Transitions">z-score of the transition model.</param>
public sealed record RetrievalScores(float[] Total, float[] Ease, float[] Transitions);
