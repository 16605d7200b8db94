namespace MlKit.Feast;

/// <summary>One feature of a registered view.</summary>
public sealed class CatalogFeature
{
    internal CatalogFeature(string view, string name, ValueType type)
    {
        Name = name;
        Type = type;
        Field = HashFields.Feature(view, name);
    }

    /// <summary>The feature's name.</summary>
    public string Name { get; }

    /// <summary>The type of its values.</summary>
    public ValueType Type { get; }

    /// <summary>Its field in Redis hashes, 4 bytes.</summary>
    internal byte[] Field { get; }
}
