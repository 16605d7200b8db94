namespace MlKit.Mlflow;

/// <summary>A file or folder among artifacts.</summary>
/// <param name="Path">The path below the root that was listed, with <c>/</c> between parts.</param>
/// <param name="IsDir">Whether it is a folder.</param>
/// <param name="FileSize">Bytes; null for folders and, as MLflow answers, for empty files.</param>
public sealed record ArtifactEntry(string Path, bool IsDir, long? FileSize = null);
