using System.Globalization;

namespace MlKit.Mlflow;

/// <summary>
/// The file <c>MLmodel</c> at the root of a model's folder, which says how the model is loaded. Files written here
/// load with Python's <c>mlflow.onnx.load_model</c> and <c>mlflow.pyfunc.load_model</c>.
/// </summary>
public sealed class MlModelFile
{
    /// <summary>The name of the file.</summary>
    public const string FileName = "MLmodel";

    /// <summary>Where the model is, for example <c>mlflow-artifacts:/1/models/m-.../artifacts</c>, or null.</summary>
    public string? ArtifactPath { get; init; }

    /// <summary>The run that made the model, or null.</summary>
    public string? RunId { get; init; }

    /// <summary>The logged model, or null.</summary>
    public string? ModelId { get; init; }

    /// <summary>A unique id of the model, or null.</summary>
    public string? ModelUuid { get; init; }

    /// <summary>When the model was made.</summary>
    public DateTimeOffset UtcTimeCreated { get; init; }

    /// <summary>The MLflow version whose format this is.</summary>
    public string? MlflowVersion { get; init; }

    /// <summary>Size of all files in bytes, or null.</summary>
    public long? ModelSizeBytes { get; init; }

    /// <summary>What goes in and out, or null.</summary>
    public ModelSignature? Signature { get; init; }

    /// <summary>Whether <c>input_example.json</c> (tensors) lies beside the file.</summary>
    public bool HasInputExample { get; init; }

    /// <summary>Ways to load the model: flavor, key, scalar value (null for YAML's null or nested values).</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string?>> Flavors { get; init; } =
        new Dictionary<string, IReadOnlyDictionary<string, string?>>();

    /// <summary>The path of the ONNX file below the folder, or null where there is no flavor <c>onnx</c>.</summary>
    public string? OnnxFile => Flavors.GetValueOrDefault("onnx")?.GetValueOrDefault("data");

    /// <summary>The flavors of an ONNX model: <c>onnx</c> and <c>python_function</c>.</summary>
    /// <param name="onnxFile">The file, which must lie at the top of the folder.</param>
    /// <param name="onnxVersion">The version of Python's onnx package that the model is meant for.</param>
    public static IReadOnlyDictionary<string, IReadOnlyDictionary<string, string?>> OnnxFlavors(
        string onnxFile = "model.onnx", string onnxVersion = "1.17.0") =>
        new Dictionary<string, IReadOnlyDictionary<string, string?>>
        {
            ["onnx"] = new Dictionary<string, string?>
            {
                ["code"] = null,
                ["data"] = onnxFile,
                ["onnx_session_options"] = null,
                ["onnx_version"] = onnxVersion,
            },
            ["python_function"] = new Dictionary<string, string?>
            {
                ["data"] = onnxFile,
                ["loader_module"] = "mlflow.onnx",
                ["python_version"] = ModelEnvironmentFiles.PythonVersion,
            },
        };

    /// <summary>The file's text.</summary>
    public string ToYaml() => MlModelWriter.Write(this);

    /// <summary>Reads a file's text.</summary>
    /// <exception cref="FormatException">It is not an MLmodel file; the message says why.</exception>
    public static MlModelFile Parse(string yaml) => MlModelReader.Read(yaml);

    /// <summary>Reads the file of a model's folder.</summary>
    /// <exception cref="FileNotFoundException">The folder holds no file <c>MLmodel</c>.</exception>
    public static async Task<MlModelFile> ReadAsync(string folder, CancellationToken cancellationToken = default) =>
        Parse(await File.ReadAllTextAsync(Path.Combine(folder, FileName), cancellationToken));

    internal static string FormatTime(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture);
}
