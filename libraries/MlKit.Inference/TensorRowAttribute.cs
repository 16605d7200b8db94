namespace MlKit.Inference;

/// <summary>
/// Marks a partial record or class whose public properties are the columns of tensors: the source generator adds
/// <c>ToTensors(rows)</c>, one tensor of [rows, width] for each property, and <c>FromTensors(tensors)</c>. A scalar has
/// width 1, an array the length that it has in every row; texts become BYTES.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
public sealed class TensorRowAttribute : Attribute;

/// <summary>Names the tensor of a property; without it the property's own name counts.</summary>
/// <param name="name">Name of the tensor.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class TensorNameAttribute(string name) : Attribute
{
    /// <summary>Name of the tensor.</summary>
    public string Name { get; } = name;
}
