using MlKit.Mlflow;

namespace MlKit.Tracking.Ui.Runs;

/// <summary>A row of the run table: a run, or a group of runs.</summary>
/// <param name="Key">The run's id, or what the group has in common.</param>
/// <param name="Run">The run; null for a group.</param>
/// <param name="Group">The number of the group; -1 for a run.</param>
/// <param name="Depth">How deep it is below the row that it belongs to.</param>
/// <param name="Below">How many runs belong to it.</param>
/// <param name="Place">Where it is in the list.</param>
internal sealed record RunRow(string Key, Run? Run, int Group, int Depth, int Below, int Place);
