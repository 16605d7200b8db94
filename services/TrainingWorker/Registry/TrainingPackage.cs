using System.Text.Json;
using MlKit.Mlflow;

namespace MlKit.TrainingWorker.Registry;

/// <summary>
/// All that a training has to tell the tracking server, as a folder: <c>package.json</c>, <c>artifacts/</c> and
/// <c>models/NAME/</c>. It is written before anything is sent and deleted when all has arrived, so that a server that is
/// gone costs nothing but time.
/// </summary>
internal sealed record TrainingPackage
{
    private const string FileName = "package.json";
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true };

    public required string Experiment { get; init; }

    public required string RunName { get; init; }

    /// <summary>The run that was started for it; null or gone: a new one is started.</summary>
    public string? RunId { get; init; }

    public required IReadOnlyList<Param> Params { get; init; }

    public required IReadOnlyList<Metric> Metrics { get; init; }

    public required IReadOnlyList<Tag> Tags { get; init; }

    /// <summary>Tags of the model versions.</summary>
    public required IReadOnlyList<Tag> VersionTags { get; init; }

    public required IReadOnlyList<GateFinding> Gates { get; init; }

    /// <summary>Ranking first: an old ranker with new candidates is the lesser evil for the moment between.</summary>
    public required IReadOnlyList<PackagedModel> Models { get; init; }

    /// <summary>Trials of the parameter search.</summary>
    public IReadOnlyList<PackagedTrial> Trials { get; init; } = [];

    public bool Passed => Gates.All(gate => gate.Passed);

    /// <summary>Writes the folder; package.json comes last, so a folder without it is an unfinished one.</summary>
    /// <exception cref="IOException">The disk refuses; nothing is left of the folder.</exception>
    public void Write(string folder, IReadOnlyDictionary<string, byte[]> artifacts, IReadOnlyDictionary<string, byte[]> models)
    {
        try
        {
            WriteAll(Path.Combine(folder, "artifacts"), artifacts);
            WriteAll(Path.Combine(folder, "models"), models);
            Update(folder);
        }
        catch (IOException) when (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
            throw;
        }
    }

    /// <summary>Replaces package.json.</summary>
    public void Update(string folder)
    {
        var file = Path.Combine(folder, FileName);
        File.WriteAllBytes(file + ".new", JsonSerializer.SerializeToUtf8Bytes(this, Json));
        File.Move(file + ".new", file, overwrite: true);
    }

    /// <exception cref="InvalidOperationException">The folder holds no package.</exception>
    public static TrainingPackage Read(string folder)
    {
        var file = Path.Combine(folder, FileName);
        try
        {
            return JsonSerializer.Deserialize<TrainingPackage>(File.ReadAllBytes(file), Json) ?? throw new JsonException("it is null");
        }
        catch (Exception error) when (error is IOException or JsonException)
        {
            throw new InvalidOperationException($"'{folder}' holds no finished training ({FileName}: {error.Message})", error);
        }
    }

    /// <summary>The folder of a finished training with these tags that has not been sent, or null where there is none.</summary>
    public static string? FindIn(string outbox, IReadOnlyList<Tag> tags) => !Directory.Exists(outbox) ? null
        : Directory.EnumerateDirectories(outbox).Order(StringComparer.Ordinal)
            .FirstOrDefault(folder => File.Exists(Path.Combine(folder, FileName)) && tags.All(Read(folder).Tags.Contains));

    /// <summary>Bytes by path (separated by /) below a part of the folder.</summary>
    public static Dictionary<string, ReadOnlyMemory<byte>> Files(string folder, string part)
    {
        var root = Path.Combine(folder, part);
        return !Directory.Exists(root) ? [] : Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).ToDictionary(
            file => Path.GetRelativePath(root, file).Replace(Path.DirectorySeparatorChar, '/'),
            file => (ReadOnlyMemory<byte>)File.ReadAllBytes(file));
    }

    private static void WriteAll(string root, IReadOnlyDictionary<string, byte[]> files)
    {
        foreach (var (path, bytes) in files)
        {
            var file = Path.Combine(root, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllBytes(file, bytes);
        }
    }
}
