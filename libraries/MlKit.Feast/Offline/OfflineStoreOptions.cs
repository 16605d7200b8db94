namespace MlKit.Feast;

/// <summary>How the offline store works.</summary>
public sealed record OfflineStoreOptions
{
    /// <summary>Memory that one query may use before it spills to disk, in megabytes; null: DuckDB's own rule (80 % of the machine).</summary>
    public int? MemoryMegabytes { get; init; }
}
