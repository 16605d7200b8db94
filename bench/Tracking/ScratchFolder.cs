namespace MlKit.Bench.Tracking;

/// <summary>A folder that is gone when the case is over.</summary>
internal sealed class ScratchFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("mlkit-bench-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
