using MlKit.Inference;
using MlKit.Mlflow;
using MlKit.Scorer.Configuration;
using MlKit.Scorer.Guard;

namespace MlKit.Scorer.Loading;

/// <summary>Finds the model file of an MLflow model folder.</summary>
internal static class MlflowFolder
{
    private const string ConfigFile = "config.pbtxt";

    /// <summary>The file that the onnx flavor names, or <c>model.onnx</c>, or <c>model.zip</c>; never one outside the folder.</summary>
    /// <exception cref="InferenceException">There is no such file; the message says what the folder holds.</exception>
    public static async Task<ModelSource> ReadAsync(RegistryVersion version, string folder, CancellationToken cancellationToken)
    {
        var description = await DescriptionAsync(folder, cancellationToken);
        var named = description?.OnnxFile;
        var file = named is not null
            ? ModelGuard.Contained(folder, Path.Combine(folder, named), named)
            : ModelRepository.FileNames.Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists)
                ?? throw Unavailable($"the model folder has neither {string.Join(" nor ", ModelRepository.FileNames)}; it holds "
                    + string.Join(", ", Directory.EnumerateFileSystemEntries(folder).Select(Path.GetFileName).Order()));
        return new ModelSource(version.Name, version.Version, folder, file, await SettingsAsync(folder, cancellationToken)) { Mlflow = description };
    }

    private static async Task<MlModelFile?> DescriptionAsync(string folder, CancellationToken cancellationToken)
    {
        try
        {
            return File.Exists(Path.Combine(folder, MlModelFile.FileName)) ? await MlModelFile.ReadAsync(folder, cancellationToken) : null;
        }
        catch (FormatException error)
        {
            throw Unavailable($"the MLmodel file cannot be read: {error.Message}");
        }
    }

    private static async Task<ModelSettings> SettingsAsync(string folder, CancellationToken cancellationToken)
    {
        var file = Path.Combine(folder, ConfigFile);
        try
        {
            return File.Exists(file) ? ModelSettings.Parse(await File.ReadAllTextAsync(file, cancellationToken)) : ModelSettings.Default;
        }
        catch (FormatException error)
        {
            throw Unavailable($"{ConfigFile}: {error.Message}");
        }
    }

    private static InferenceException Unavailable(string message) => new(InferenceErrorKind.Unavailable, message);
}
