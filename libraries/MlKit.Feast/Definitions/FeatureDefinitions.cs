namespace MlKit.Feast;

/// <summary>Everything that one project declares; applying it brings a registry to it.</summary>
public sealed record FeatureDefinitions
{
    /// <summary>The entities.</summary>
    public IReadOnlyList<Entity> Entities { get; init; } = [];

    /// <summary>The feature views.</summary>
    public IReadOnlyList<FeatureView> Views { get; init; } = [];

    /// <summary>The feature services.</summary>
    public IReadOnlyList<FeatureService> Services { get; init; } = [];
}
