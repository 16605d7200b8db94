namespace MlKit.Storage;

/// <summary>Where an upload goes, and what must hold there.</summary>
internal sealed record S3Target(string Bucket, string Key, WriteCondition? Condition)
{
    public string? IfMatch => Condition?.ETag;

    public string? IfNoneMatch => Condition is { ETag: null } ? "*" : null;
}
