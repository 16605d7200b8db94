using MlKit.Mlflow;

namespace MlKit.Tracking.Ui.Runs;

/// <summary>How far a run table has come.</summary>
/// <param name="Rows">The rows that came into sight.</param>
/// <param name="Known">How many rows are known.</param>
/// <param name="IsComplete">Whether these are all.</param>
public sealed record RunTableState(IReadOnlyList<Run> Rows, int Known, bool IsComplete);
