namespace MlKit.Tracking.Artifacts;

/// <param name="Path">The path below what was listed.</param>
/// <param name="IsDir">Whether it is a folder.</param>
/// <param name="FileSize">Bytes; left out for folders and for empty files, as MLflow does.</param>
internal sealed record FileMessage(string Path, bool IsDir, long? FileSize);

internal sealed record FilesReply(string? RootUri, IReadOnlyList<FileMessage>? Files);
