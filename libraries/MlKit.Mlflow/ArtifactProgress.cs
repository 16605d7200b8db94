namespace MlKit.Mlflow;

/// <summary>How far the transfer of a file has come. A repeated transfer begins anew at 0.</summary>
/// <param name="Path">The file, below the run or artifact root.</param>
/// <param name="Bytes">Bytes so far.</param>
/// <param name="Total">All bytes, or null where that is not known.</param>
public sealed record ArtifactProgress(string Path, long Bytes, long? Total);
