namespace MlKit.Feast;

/// <summary>How the offline store works.</summary>
public sealed record OfflineStoreOptions
{
    /// <summary>Memory that one query may use before it spills to disk, in megabytes; null: DuckDB's own rule (80 % of the machine).</summary>
    public int? MemoryMegabytes { get; init; }

    /// <summary>Where queries spill what does not fit into memory.</summary>
    public string SpillPath { get; init; } = Path.Combine(Path.GetTempPath(), "mlkit-feast-spill");

    /// <summary>Where copies of objects in buckets are kept.</summary>
    public string CachePath { get; init; } = Path.Combine(Path.GetTempPath(), "mlkit-feast-cache");

    /// <summary>Budget of these copies, in megabytes.</summary>
    public int CacheMegabytes { get; init; } = 4096;
}
