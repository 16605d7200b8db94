using MlKit.Mlflow;

namespace MlKit.TrainingWorker.Registry;

/// <summary>A trial of the parameter search; it becomes a run nested in the training's run.</summary>
internal sealed record PackagedTrial
{
    public required string Name { get; init; }

    public required IReadOnlyList<Param> Params { get; init; }

    public required IReadOnlyList<Metric> Metrics { get; init; }

    /// <summary>The nested run, once it is there as a whole.</summary>
    public string? RunId { get; init; }
}
