namespace MlKit.Feast;

/// <summary>A property that holds a join key.</summary>
/// <param name="entity">Name of the entity.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class JoinKeyAttribute(string entity) : Attribute
{
    /// <summary>Name of the entity.</summary>
    public string Entity { get; } = entity;

    /// <summary>Name of the column; the property's name in snake case unless set.</summary>
    public string? Name { get; set; }
}
