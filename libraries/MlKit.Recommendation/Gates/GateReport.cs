namespace MlKit.Recommendation.Gates;

/// <summary>The outcome of a gate with its name.</summary>
public sealed record GateReport(string Name, GateOutcome Outcome);
