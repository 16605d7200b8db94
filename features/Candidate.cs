namespace MlKit.Features;

/// <summary>One answer of the retrieval model for a user's history.</summary>
/// <param name="ItemId">Raw item id as text.</param>
/// <param name="Score">The model's output <c>scores</c>; larger is better.</param>
/// <param name="Components">The item's row of the output <c>components</c>, in the order that the model's metadata names.</param>
public readonly record struct Candidate(string ItemId, float Score, ReadOnlyMemory<float> Components);
