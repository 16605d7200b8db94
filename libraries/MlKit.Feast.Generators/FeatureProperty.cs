namespace MlKit.Feast.Generators;

/// <summary>A property of a record that declares a view; compared by value, so that unchanged records are not generated again.</summary>
internal sealed class FeatureProperty : IEquatable<FeatureProperty>
{
    public FeatureProperty(PropertyKind kind, string property, string column, string type, bool nullable, string feastType, string entity, string description)
    {
        Kind = kind;
        Property = property;
        Column = column;
        Type = type;
        Nullable = nullable;
        FeastType = feastType;
        Entity = entity;
        Description = description;
    }

    public PropertyKind Kind { get; }

    /// <summary>Name in C#.</summary>
    public string Property { get; }

    /// <summary>Name in the registry.</summary>
    public string Column { get; }

    /// <summary>Type in C#, without its question mark.</summary>
    public string Type { get; }

    public bool Nullable { get; }

    /// <summary>Member of MlKit.Feast.ValueType.</summary>
    public string FeastType { get; }

    public string Entity { get; }

    public string Description { get; }

    public bool Equals(FeatureProperty? other) => other != null && Text == other.Text;

    public override bool Equals(object? obj) => Equals(obj as FeatureProperty);

    public override int GetHashCode() => Text.GetHashCode();

    private string Text => string.Join("\0", Kind, Property, Column, Type, Nullable, FeastType, Entity, Description);
}

/// <summary>What a property is to the view.</summary>
internal enum PropertyKind
{
    /// <summary>A feature.</summary>
    Feature,

    /// <summary>A join key.</summary>
    JoinKey,

    /// <summary>The event time.</summary>
    EventTime,
}
