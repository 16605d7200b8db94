namespace MlKit.Feast;

/// <summary>Where a view's rows come from.</summary>
/// <param name="Name">Unique name in the project, regardless of case.</param>
public abstract record DataSource(string Name)
{
    /// <summary>Free text.</summary>
    public string Description { get; init; } = "";

    /// <summary>Free key-value pairs.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();
}
