namespace MlKit.Feast;

/// <summary>One feature of a view.</summary>
/// <param name="Name">Name, unique in the view.</param>
/// <param name="Type">Type of its values.</param>
public sealed record Field(string Name, ValueType Type)
{
    /// <summary>Free text.</summary>
    public string Description { get; init; } = "";

    /// <summary>Free key-value pairs.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();
}
