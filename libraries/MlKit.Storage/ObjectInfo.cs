namespace MlKit.Storage;

/// <summary>What is known of an object without reading it.</summary>
/// <param name="Size">Bytes.</param>
/// <param name="LastModified">When it was written.</param>
/// <param name="ETag">Changes with every write of the object.</param>
public sealed record ObjectInfo(long Size, DateTimeOffset LastModified, string ETag);
