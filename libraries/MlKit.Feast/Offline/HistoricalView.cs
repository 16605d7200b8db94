namespace MlKit.Feast;

/// <summary>One view of a historical request.</summary>
/// <param name="View">The view.</param>
/// <param name="Selection">Its features, alias and names of join keys.</param>
internal sealed record HistoricalView(CatalogView View, ViewSelection Selection)
{
    /// <summary>The name that stands in long feature names.</summary>
    public string Name => Selection.Alias.Length > 0 ? Selection.Alias : View.Name;

    /// <summary>The features, found in the view.</summary>
    /// <exception cref="FeastException">The view has no such feature.</exception>
    public IReadOnlyList<CatalogFeature> Features() =>
        [.. Selection.Features.Select(feature => View.FindFeature(feature)
            ?? throw new FeastException($"'Feature {feature} not found in projection {Name}'"))];

    /// <summary>The join keys, and what the entity rows call them.</summary>
    public IEnumerable<(Field Key, string RequestName)> RequestKeys() => View.JoinKeys.Where(key => key.Name != Entity.DummyJoinKey)
        .Select(key => (key, Selection.JoinKeyMap.GetValueOrDefault(key.Name, key.Name)));

    /// <summary>A feature's name in the result.</summary>
    public string OutputName(CatalogFeature feature, bool fullNames) => fullNames ? $"{Name}__{feature.Name}" : feature.Name;
}
