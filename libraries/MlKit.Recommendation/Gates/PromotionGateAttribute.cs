namespace MlKit.Recommendation.Gates;

/// <summary>
/// Marks a static method that judges a candidate: it takes a <see cref="GateContext"/> and answers a
/// <see cref="GateOutcome"/>. All gates must pass before an alias moves.
/// </summary>
/// <param name="name">Name of the gate in documents and messages.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PromotionGateAttribute(string name) : Attribute
{
    /// <summary>Name of the gate in documents and messages.</summary>
    public string Name => name;
}
