using MlKit.Inference;
using MlKit.Mlflow;

namespace MlKit.Scorer.Loading;

/// <summary>Finds the ONNX file of an MLflow model folder.</summary>
internal static class ModelFolder
{
    private const string Default = "model.onnx";

    /// <summary>The file that the onnx flavor names, or <c>model.onnx</c>; never one outside the folder.</summary>
    /// <exception cref="InferenceException">There is no such file; the message says what the folder holds.</exception>
    public static async Task<string> FindOnnxAsync(string folder, CancellationToken cancellationToken)
    {
        var root = Path.GetFullPath(folder) + Path.DirectorySeparatorChar;
        var file = Path.GetFullPath(Path.Combine(root, await NamedByFlavorAsync(folder, cancellationToken) ?? Default));
        if (!file.StartsWith(root, StringComparison.Ordinal))
        {
            throw Unavailable($"the MLmodel file names '{file}', which is outside the model folder");
        }

        return File.Exists(file)
            ? file
            : throw Unavailable($"the model folder has no {Path.GetRelativePath(root, file)}; it holds "
                + string.Join(", ", Directory.EnumerateFileSystemEntries(folder).Select(Path.GetFileName).Order()));
    }

    private static async Task<string?> NamedByFlavorAsync(string folder, CancellationToken cancellationToken)
    {
        try
        {
            return File.Exists(Path.Combine(folder, MlModelFile.FileName))
                ? (await MlModelFile.ReadAsync(folder, cancellationToken)).OnnxFile
                : null;
        }
        catch (FormatException error)
        {
            throw Unavailable($"the MLmodel file cannot be read: {error.Message}");
        }
    }

    private static InferenceException Unavailable(string message) => new(InferenceErrorKind.Unavailable, message);
}
