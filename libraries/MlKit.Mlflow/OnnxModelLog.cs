namespace MlKit.Mlflow;

/// <summary>An ONNX model to log with <see cref="MlflowClient.LogOnnxModelAsync"/>.</summary>
public sealed class OnnxModelLog
{
    /// <summary>The experiment of the run.</summary>
    public required string ExperimentId { get; init; }

    /// <summary>The run that made the model.</summary>
    public required string RunId { get; init; }

    /// <summary>The name of the logged model, without <c>/ : . % " '</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The bytes of <c>model.onnx</c>.</summary>
    public required ReadOnlyMemory<byte> Onnx { get; init; }

    /// <summary>What goes in and out, or null.</summary>
    public ModelSignature? Signature { get; init; }

    /// <summary>A free kind, or null.</summary>
    public string? ModelType { get; init; }

    /// <summary>The JSON of an example input (a list, or an object of lists by tensor name), or null.</summary>
    public string? InputExampleJson { get; init; }

    /// <summary>Params of the model.</summary>
    public IReadOnlyList<Param> Params { get; init; } = [];

    /// <summary>Tags of the model.</summary>
    public IReadOnlyList<Tag> Tags { get; init; } = [];

    /// <summary>Further files of the model's folder, by path.</summary>
    public IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Files { get; init; } =
        new Dictionary<string, ReadOnlyMemory<byte>>();

    /// <summary>
    /// Called with the <see cref="ModelDigest"/> of the finished files; what it gives is stored beside them as
    /// <see cref="SignedGateDocument.FileName"/>. Null stores none.
    /// </summary>
    public Func<string, SignedGateDocument>? Attest { get; init; }
}
