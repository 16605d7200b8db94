namespace MlKit.Tracking.Ui.Runs;

/// <summary>How a table shows its runs; all of it is in the page's address.</summary>
/// <param name="Columns">What it shows of them, beside the name.</param>
/// <param name="IsFlat">Whether runs that belong to others stand beside them, not below.</param>
/// <param name="GroupBy">What runs of a group have in common; empty: no groups.</param>
/// <param name="Value">Which number stands for a group.</param>
/// <param name="Open">Runs and groups whose runs are shown, by their keys.</param>
/// <param name="Pinned">Ids of runs that stay at the top.</param>
/// <param name="Hidden">Ids of runs that charts leave out.</param>
public sealed record RunTableView(
    IReadOnlyList<RunColumn> Columns, bool IsFlat, IReadOnlyList<RunColumn> GroupBy, GroupValue Value,
    IReadOnlyList<string> Open, IReadOnlyList<string> Pinned, IReadOnlyList<string> Hidden);
