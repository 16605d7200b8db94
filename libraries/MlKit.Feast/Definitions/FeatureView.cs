namespace MlKit.Feast;

/// <summary>Features of the same entities that come from the same rows.</summary>
/// <param name="Name">Unique name in the project.</param>
/// <param name="Source">Files, or a push source with its files.</param>
public sealed record FeatureView(string Name, DataSource Source)
{
    /// <summary>Entity names; empty for a view that describes the world as a whole.</summary>
    public IReadOnlyList<string> Entities { get; init; } = [];

    /// <summary>The features.</summary>
    public IReadOnlyList<Field> Schema { get; init; } = [];

    /// <summary>How long a row counts in historical retrieval after its event time; zero: for ever.</summary>
    public TimeSpan Ttl { get; init; } = TimeSpan.Zero;

    /// <summary>Whether materialization writes it to the online store.</summary>
    public bool Online { get; init; } = true;

    /// <summary>Free text.</summary>
    public string Description { get; init; } = "";

    /// <summary>Free key-value pairs.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>Who answers for it.</summary>
    public string Owner { get; init; } = "";

    /// <summary>The files behind the view.</summary>
    public FileSource BatchSource => Source switch
    {
        FileSource file => file,
        PushSource push => push.BatchSource,
        _ => throw new InvalidOperationException($"feature view '{Name}' has a source of type {Source.GetType().Name}, which has no files"),
    };

    /// <summary>All features of this view, for a feature service.</summary>
    public ViewSelection All() => new(Name, [.. Schema.Select(field => field.Name)]);

    /// <summary>Some features of this view, for a feature service.</summary>
    public ViewSelection Select(params string[] features) => new(Name, features);
}
