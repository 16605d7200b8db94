using System.Globalization;
using MlKit.Scorer.Configuration;
using MlKit.Scorer.Guard;

namespace MlKit.Scorer.Loading;

/// <summary>
/// A folder with one folder per model, which names it: <c>NAME/model.onnx</c> or <c>NAME/model.zip</c> (version 1), or
/// Triton's layout <c>NAME/VERSION/model.onnx</c> with an optional <c>NAME/config.pbtxt</c>.
/// </summary>
internal sealed class ModelRepository(string root)
{
    private const string ConfigFile = "config.pbtxt";

    /// <summary>Names of model files, the first that is there counts.</summary>
    public static IReadOnlyList<string> FileNames { get; } = ["model.onnx", "model.zip"];

    /// <summary>Names of the model folders; those that begin with a dot are left out.</summary>
    public IEnumerable<string> Models => Directory.EnumerateDirectories(root)
        .Select(folder => Path.GetFileName(folder)!)
        .Where(name => !name.StartsWith('.'))
        .Order(StringComparer.Ordinal);

    /// <summary>Whether a model has a folder.</summary>
    public bool Has(string model) => ModelName.IsValid(model) && Directory.Exists(Path.Combine(root, model));

    /// <summary>Changes whenever a file of the model does.</summary>
    public string Fingerprint(string model)
    {
        var folder = new DirectoryInfo(Path.Combine(root, model));
        var files = folder.EnumerateFiles("*", SearchOption.AllDirectories)
            .OrderBy(file => file.FullName, StringComparer.Ordinal)
            .Select(file => $"{file.FullName} {file.Length} {file.LastWriteTimeUtc.Ticks}");
        return string.Join('\n', files);
    }

    /// <summary>The versions of a model that its settings choose.</summary>
    /// <param name="model">Name of the model.</param>
    /// <param name="instead">Settings in place of those in the folder; null: the folder's.</param>
    /// <exception cref="FormatException">The folder holds no model, or its settings are wrong.</exception>
    public IReadOnlyList<ModelSource> Versions(string model, ModelSettings? instead = null)
    {
        var folder = Path.Combine(root, model);
        var settings = WithLabels(folder, instead ?? Settings(folder));
        if (Find(folder, settings) is { } plain)
        {
            return [new ModelSource(model, "1", folder, plain, settings)];
        }

        var present = Directory.EnumerateDirectories(folder)
            .Select(version => Number(Path.GetFileName(version)!))
            .OfType<long>()
            .Where(version => Find(VersionFolder(folder, version), settings) is not null);
        var chosen = settings.Choose(present)
            .Select(version => new ModelSource(model, Text(version), folder, Find(VersionFolder(folder, version), settings)!, settings))
            .ToList();
        var wanted = settings.FileName ?? string.Join(" nor ", FileNames);
        return chosen.Count > 0
            ? chosen
            : throw new FormatException($"the folder of '{model}' holds neither {wanted} nor a version folder (1, 2, ...) with it that the version policy chooses");
    }

    private static ModelSettings Settings(string folder)
    {
        var file = Path.Combine(folder, ConfigFile);
        try
        {
            return File.Exists(file) ? ModelSettings.Parse(File.ReadAllText(file)) : ModelSettings.Default;
        }
        catch (FormatException error)
        {
            throw new FormatException($"{ConfigFile}: {error.Message}", error);
        }
    }

    private static ModelSettings WithLabels(string folder, ModelSettings settings)
    {
        var labelled = settings.Config.Output.Where(output => output.LabelFilename.Length > 0).ToList();
        return labelled.Count == 0
            ? settings
            : settings with
            {
                Labels = labelled.ToDictionary(
                    output => output.Name,
                    output => File.ReadAllLines(ModelGuard.Contained(folder, Path.Combine(folder, output.LabelFilename), output.LabelFilename)),
                    StringComparer.Ordinal),
            };
    }

    private static string? Find(string folder, ModelSettings settings)
    {
        IReadOnlyList<string> names = settings.FileName is { } name ? [name] : FileNames;
        return names.Select(one => Path.Combine(folder, one)).Select(InFolder).FirstOrDefault(File.Exists);
    }

    /// <summary>A model with its weights in files of their own may stand in a folder of the file's name, as Triton has it.</summary>
    private static string InFolder(string path) => Directory.Exists(path) ? Path.Combine(path, FileNames[0]) : path;

    private static string VersionFolder(string folder, long version) => Path.Combine(folder, Text(version));

    private static string Text(long version) => version.ToString(CultureInfo.InvariantCulture);

    private static long? Number(string name) =>
        long.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;
}
