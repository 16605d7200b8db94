namespace MlKit.Feast;

/// <summary>A property that holds a feature. Without the attribute a property is one, too, under its name in snake case.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class FeatureAttribute : Attribute
{
    /// <summary>Name of the feature; the property's name in snake case unless set.</summary>
    public string? Name { get; set; }

    /// <summary>Feast's type, where it is not the one that the property's type suggests; an enum member of <see cref="ValueType"/>.</summary>
    public ValueType Type { get; set; }

    /// <summary>Free text.</summary>
    public string? Description { get; set; }
}
