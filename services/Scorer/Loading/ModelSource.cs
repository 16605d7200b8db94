using MlKit.Mlflow;
using MlKit.Scorer.Configuration;

namespace MlKit.Scorer.Loading;

/// <summary>A version of a model that is to be loaded, and where its files are.</summary>
/// <param name="Name">Name of the model.</param>
/// <param name="Version">Version number.</param>
/// <param name="Folder">The folder that no file of the model may leave.</param>
/// <param name="File">The model file: ONNX, or an ML.NET zip.</param>
/// <param name="Settings">Its configuration.</param>
internal sealed record ModelSource(string Name, string Version, string Folder, string File, ModelSettings Settings)
{
    /// <summary>The files come from somewhere that may run code here: a verified version, or a repository that is trusted.</summary>
    public bool IsTrusted { get; init; }

    /// <summary>The model came later than start-up and is tried in a process of its own first.</summary>
    public bool IsProbed { get; init; }

    /// <summary>The MLflow model that it is; null: none.</summary>
    public MlModelFile? Mlflow { get; init; }

    /// <summary>An ML.NET model, which is read by deserialisation.</summary>
    public bool IsMlNet => File.EndsWith(".zip", StringComparison.OrdinalIgnoreCase);
}
