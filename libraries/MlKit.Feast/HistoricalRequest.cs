namespace MlKit.Feast;

/// <summary>A point-in-time join from files to files or streams, for more rows than memory should hold.</summary>
/// <param name="EntityFiles">
/// Parquet file (or pattern) of the entity rows: join keys, <c>event_timestamp</c> (or one column of times), and anything
/// else, which is passed on.
/// </param>
public sealed record HistoricalRequest(string EntityFiles)
{
    internal const string TimeName = "event_timestamp";

    /// <summary>References <c>view:feature</c>.</summary>
    public IReadOnlyList<string> Features { get; init; } = [];

    /// <summary>A feature service instead of <see cref="Features"/>.</summary>
    public string? FeatureService { get; init; }

    /// <summary>Whether features are called <c>view__feature</c>.</summary>
    public bool FullFeatureNames { get; init; }

    /// <summary>Whether a row counts only from its created time on, where its source has one.</summary>
    public bool FilterByCreatedTimestamp { get; init; }
}
