using MlKit.Inference;
using MlKit.Scorer.Configuration;

namespace MlKit.Scorer.Loading;

/// <summary>What a load call gives in place of what is in the folder.</summary>
/// <param name="Settings">The configuration; null: the folder's.</param>
/// <param name="Files">Files of the model by their path below its folder; empty: the folder's.</param>
internal sealed record LoadOverride(ModelSettings? Settings, IReadOnlyDictionary<string, byte[]> Files)
{
    private const string FilePrefix = "file:";

    public static LoadOverride None { get; } = new(null, new Dictionary<string, byte[]>());

    /// <summary>Reads the parameters of a load call: <c>config</c> (JSON), and <c>file:PATH</c>.</summary>
    /// <exception cref="InferenceException">InvalidArgument: one of them is wrong; the message names it.</exception>
    public static LoadOverride Read(string? config, IEnumerable<KeyValuePair<string, byte[]>> files)
    {
        var contents = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var (key, content) in files)
        {
            contents[PathOf(key)] = content;
        }

        if (contents.Count > 0 && config is null)
        {
            throw Invalid("a load call with files needs the parameter 'config' as well");
        }

        try
        {
            return new LoadOverride(config is null ? null : ModelSettings.ParseJson(config), contents);
        }
        catch (FormatException error)
        {
            throw Invalid($"parameter 'config': {error.Message}");
        }
    }

    /// <summary>Whether a parameter of a load call is a file.</summary>
    public static bool IsFile(string key) => key.StartsWith(FilePrefix, StringComparison.Ordinal);

    /// <summary>Writes the files below a folder.</summary>
    public void WriteTo(string folder)
    {
        foreach (var (path, content) in Files)
        {
            var file = Path.Combine(folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllBytes(file, content);
        }
    }

    private static string PathOf(string key)
    {
        var path = key[FilePrefix.Length..];
        var parts = path.Split('/');
        return parts.All(ModelName.IsValid) && parts.Length <= 8
            ? path
            : throw Invalid($"parameter '{key}': allowed is a path below the model's folder, for example {FilePrefix}1/model.onnx");
    }

    private static InferenceException Invalid(string message) => new(InferenceErrorKind.InvalidArgument, message);
}
