namespace MlKit.Feast.Generators;

/// <summary>A record that declares a view; compared by value.</summary>
internal sealed class FeatureRecord : IEquatable<FeatureRecord>
{
    public FeatureRecord(string space, string name, string accessibility, IReadOnlyList<FeatureProperty> properties, IReadOnlyDictionary<string, string> settings)
    {
        Space = space;
        Name = name;
        Accessibility = accessibility;
        Properties = properties;
        Settings = settings;
    }

    public string Space { get; }

    public string Name { get; }

    public string Accessibility { get; }

    public IReadOnlyList<FeatureProperty> Properties { get; }

    /// <summary>The attribute's arguments as C# expressions.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; }

    public IEnumerable<FeatureProperty> Of(PropertyKind kind) => Properties.Where(property => property.Kind == kind);

    public bool Equals(FeatureRecord? other) => other != null && Space == other.Space && Name == other.Name && Accessibility == other.Accessibility
        && Properties.SequenceEqual(other.Properties)
        && Settings.OrderBy(pair => pair.Key, StringComparer.Ordinal).SequenceEqual(other.Settings.OrderBy(pair => pair.Key, StringComparer.Ordinal));

    public override bool Equals(object? obj) => Equals(obj as FeatureRecord);

    public override int GetHashCode() => (Space + "." + Name).GetHashCode();
}
