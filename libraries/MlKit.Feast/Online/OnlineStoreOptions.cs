namespace MlKit.Feast;

/// <summary>How the online store writes; the names follow Feast's Redis settings.</summary>
public sealed record OnlineStoreOptions
{
    /// <summary>Version of entity keys: 2 or 3.</summary>
    public int EntityKeyVersion { get; init; } = EntityKeyCodec.DefaultVersion;

    /// <summary>Life of a key after a write (<c>key_ttl_seconds</c>); null: for ever.</summary>
    public TimeSpan? KeyTtl { get; init; }

    /// <summary>Write without looking for newer data (<c>skip_dedup</c>).</summary>
    public bool SkipDedup { get; init; }

    /// <summary>Commands in one pipeline, at least 1.</summary>
    public int BatchSize { get; init; } = 2000;
}
