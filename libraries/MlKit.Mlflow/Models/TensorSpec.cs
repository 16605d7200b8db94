namespace MlKit.Mlflow;

/// <summary>One tensor of a model's signature.</summary>
/// <param name="Name">The tensor's name; null is allowed only where there is one tensor.</param>
/// <param name="DataType">A numpy type: <c>float32</c>, <c>int64</c>, ...; <c>object</c> for text.</param>
/// <param name="Shape">The dimensions; -1 for a free one.</param>
public sealed record TensorSpec(string? Name, string DataType, IReadOnlyList<long> Shape);
