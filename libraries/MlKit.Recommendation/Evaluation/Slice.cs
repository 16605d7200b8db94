namespace MlKit.Recommendation.Evaluation;

/// <summary>A part of the cases that must not be sacrificed for the mean.</summary>
/// <param name="Name">For example <c>activity: light</c>.</param>
/// <param name="Cases">Positions of its cases.</param>
/// <param name="Share">Its share of all cases.</param>
public sealed record Slice(string Name, IReadOnlyList<int> Cases, double Share);
