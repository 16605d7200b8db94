namespace MlKit.Recommendation.Evaluation;

/// <summary>The gate's answer.</summary>
/// <param name="Reasons">Why promotion is refused; empty where it is allowed.</param>
public sealed record GateDecision(IReadOnlyList<string> Reasons)
{
    /// <summary>Whether the model may be promoted.</summary>
    public bool Passed => Reasons.Count == 0;
}
