using MlKit.Mlflow;
using MlKit.Tracking.Ui.Runs;

namespace MlKit.Tracking.Ui.Charts;

/// <summary>What a line of a chart stands for: a run, or the mean of a group of runs.</summary>
/// <param name="Id">The run's id, or what the group has in common.</param>
/// <param name="Label">What it is called.</param>
/// <param name="Colour">The colour that someone chose for it, or null.</param>
/// <param name="Runs">The runs; one where it is no group.</param>
public sealed record ChartedRuns(string Id, string Label, string? Colour, IReadOnlyList<Run> Runs)
{
    /// <summary>A single run.</summary>
    public static ChartedRuns Of(Run run) => new(run.Info.RunId, run.Info.RunName, RunColour.Of(run), [run]);

    /// <summary>The colour as style of an element; null for none.</summary>
    public string? Style => Colour is null ? null : $"--hue:{Colour}";
}
