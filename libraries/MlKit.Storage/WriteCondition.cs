namespace MlKit.Storage;

/// <summary>What must hold for the object that a write replaces.</summary>
public sealed record WriteCondition
{
    private WriteCondition(string? eTag)
    {
        ETag = eTag;
    }

    /// <summary>There is no object of that key yet.</summary>
    public static WriteCondition IsAbsent { get; } = new(eTag: null);

    /// <summary>The version that must be there; null: none may be.</summary>
    public string? ETag { get; }

    /// <summary>The object is still the version that was read.</summary>
    public static WriteCondition IsStill(ObjectInfo info)
    {
        ArgumentNullException.ThrowIfNull(info);
        return new WriteCondition(info.ETag);
    }
}
