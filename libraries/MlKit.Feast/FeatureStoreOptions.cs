using MlKit.Storage;

namespace MlKit.Feast;

/// <summary>Where a feature store's parts are.</summary>
/// <param name="Project">The project; part of every Redis key.</param>
/// <param name="RegistryPath">The registry: a file, or <c>s3://bucket/prefix/registry.db</c>.</param>
/// <param name="OfflinePath">Where relative source paths start: a folder, or <c>s3://bucket/prefix</c>.</param>
public sealed record FeatureStoreOptions(string Project, string RegistryPath, string OfflinePath)
{
    /// <summary>Redis, as <see cref="RedisConnection"/> reads it; null: no online store.</summary>
    public string? Redis { get; init; }

    /// <summary>How the online store writes.</summary>
    public OnlineStoreOptions Online { get; init; } = new();

    /// <summary>How the offline store works.</summary>
    public OfflineStoreOptions Offline { get; init; } = new();

    /// <summary>How <c>s3://</c> locations are reached.</summary>
    public S3Options? S3 { get; init; }

    /// <summary>
    /// Online reads tell NULL_VALUE, NOT_FOUND and OUTSIDE_MAX_AGE apart. Off by default: Feast's Python server answers
    /// PRESENT for all of them over Redis.
    /// </summary>
    public bool StrictStatuses { get; init; }
}
