namespace MlKit.Scorer.Tests.Support;

/// <summary>A folder that is gone after the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("mlkit-scorer-").FullName;

    public string Write(string relative, byte[] content)
    {
        var file = System.IO.Path.Combine(Path, relative);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, content);
        return file;
    }

    /// <summary>Copies a folder of model files to a name below this folder.</summary>
    public void Copy(string source, string name)
    {
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            Write(System.IO.Path.Combine(name, System.IO.Path.GetRelativePath(source, file)), File.ReadAllBytes(file));
        }
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
