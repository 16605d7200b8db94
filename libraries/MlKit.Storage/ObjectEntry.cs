namespace MlKit.Storage;

/// <summary>An item of a folder.</summary>
/// <param name="Name">The last part of its key.</param>
/// <param name="IsFolder">Whether it is a folder.</param>
/// <param name="Size">Bytes; 0 for folders.</param>
public sealed record ObjectEntry(string Name, bool IsFolder, long Size);
