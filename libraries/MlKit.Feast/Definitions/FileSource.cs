namespace MlKit.Feast;

/// <summary>Parquet files.</summary>
/// <param name="Name">Unique name in the project, regardless of case.</param>
/// <param name="Path">
/// A file, a folder, or a pattern with <c>*</c>; relative paths start at the store's offline folder. A folder means
/// every Parquet file in it.
/// </param>
public sealed record FileSource(string Name, string Path) : DataSource(Name)
{
    /// <summary>Column of the event time.</summary>
    public string TimestampField { get; init; } = "event_timestamp";

    /// <summary>Column of the time at which a row was made; it breaks ties of the event time. Empty: none.</summary>
    public string CreatedTimestampColumn { get; init; } = "";

    /// <summary>Source column to feature or join key name, where they differ.</summary>
    public IReadOnlyDictionary<string, string> FieldMapping { get; init; } = new Dictionary<string, string>();
}
