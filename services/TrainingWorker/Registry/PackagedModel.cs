using MlKit.Mlflow;

namespace MlKit.TrainingWorker.Registry;

/// <summary>A model of a package; its files lie in <c>models/NAME/</c>.</summary>
internal sealed record PackagedModel
{
    public required string Name { get; init; }

    public required string ModelType { get; init; }

    public required IReadOnlyList<TensorSpec> Inputs { get; init; }

    public required IReadOnlyList<TensorSpec> Outputs { get; init; }

    public required string InputExampleJson { get; init; }

    /// <summary>The version that was registered, once it was.</summary>
    public string? Version { get; init; }
}
