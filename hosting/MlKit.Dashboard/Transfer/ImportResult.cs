namespace MlKit.Dashboard.Transfer;

/// <summary>How reading a file in went.</summary>
/// <param name="Files">Files with telemetry in it.</param>
/// <param name="Accepted">Records that are shown now.</param>
/// <param name="Refused">Records that were refused.</param>
/// <param name="Problem">What was wrong with the file; empty if nothing. What came before it stays.</param>
internal readonly record struct ImportResult(int Files, long Accepted, long Refused, string Problem);
