using System.Globalization;
using MlKit.Scorer.Models;

namespace MlKit.Scorer.Loading;

/// <summary>A version that a repository folder holds.</summary>
/// <param name="Version">Version number.</param>
/// <param name="File">The model file.</param>
/// <param name="Config">The model's settings.</param>
internal sealed record RepositoryVersion(string Version, string File, ModelConfig Config);

/// <summary>
/// A folder with one folder per model, which names it: <c>NAME/model.onnx</c> (version 1), or Triton's layout
/// <c>NAME/VERSION/model.onnx</c> with an optional <c>NAME/config.pbtxt</c>.
/// </summary>
internal sealed class ModelRepository(string root)
{
    private const string ConfigFile = "config.pbtxt";

    /// <summary>Names of the model folders; those that begin with a dot are left out.</summary>
    public IEnumerable<string> Models => Directory.EnumerateDirectories(root)
        .Select(folder => Path.GetFileName(folder)!)
        .Where(name => !name.StartsWith('.'))
        .Order(StringComparer.Ordinal);

    /// <summary>The versions of a model that its settings choose.</summary>
    /// <exception cref="FormatException">The folder holds no model, or its settings are wrong.</exception>
    public IReadOnlyList<RepositoryVersion> Versions(string model)
    {
        var folder = Path.Combine(root, model);
        var configFile = Path.Combine(folder, ConfigFile);
        var config = File.Exists(configFile) ? ModelConfig.Parse(File.ReadAllText(configFile)) : ModelConfig.Default;
        var plain = Path.Combine(folder, config.FileName);
        if (File.Exists(plain))
        {
            return [new RepositoryVersion("1", plain, config)];
        }

        var present = Directory.EnumerateDirectories(folder)
            .Select(version => Number(Path.GetFileName(version)!))
            .OfType<long>()
            .Where(version => File.Exists(ModelFile(folder, version, config)));
        var chosen = config.Choose(present).Select(version => new RepositoryVersion(
            version.ToString(CultureInfo.InvariantCulture), ModelFile(folder, version, config), config)).ToList();
        return chosen.Count > 0
            ? chosen
            : throw new FormatException($"{folder} holds neither {config.FileName} nor a version folder (1, 2, ...) with it that the version policy chooses");
    }

    private static string ModelFile(string folder, long version, ModelConfig config) =>
        Path.Combine(folder, version.ToString(CultureInfo.InvariantCulture), config.FileName);

    private static long? Number(string name) =>
        long.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;
}
