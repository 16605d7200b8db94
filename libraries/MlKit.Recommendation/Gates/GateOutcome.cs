namespace MlKit.Recommendation.Gates;

/// <summary>What a gate found.</summary>
/// <param name="Passed">Whether the candidate may be promoted as far as this gate is concerned.</param>
/// <param name="Detail">What was measured and what was demanded.</param>
public readonly record struct GateOutcome(bool Passed, string Detail);
