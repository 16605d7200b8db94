namespace MlKit.Feast;

/// <summary>The features that one model reads, under one name.</summary>
/// <param name="Name">Unique name in the project.</param>
/// <param name="Features">The views and the features of each.</param>
public sealed record FeatureService(string Name, IReadOnlyList<ViewSelection> Features)
{
    /// <summary>Free text.</summary>
    public string Description { get; init; } = "";

    /// <summary>Free key-value pairs.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>Who answers for it.</summary>
    public string Owner { get; init; } = "";
}
