using MlKit.Mlflow;

namespace MlKit.Tracking.Ui.Runs;

/// <summary>What a run table found.</summary>
/// <param name="Rows">The runs that came into sight.</param>
/// <param name="Total">How many match.</param>
/// <param name="Groups">How many groups they are in; 0 where they are not grouped.</param>
public sealed record RunTableState(IReadOnlyList<Run> Rows, int Total, int Groups);
