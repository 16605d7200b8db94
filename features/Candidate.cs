namespace MlKit.Features;

/// <summary>One answer of the retrieval model for a user's history.</summary>
/// <param name="ItemId">Raw item id as text.</param>
/// <param name="Score">The model's output <c>scores</c>; larger is better.</param>
/// <param name="Ease">First column of the output <c>components</c>.</param>
/// <param name="Transitions">Second column of the output <c>components</c>.</param>
public readonly record struct Candidate(string ItemId, float Score, float Ease, float Transitions);
