namespace MlKit.Dashboard.History;

/// <summary>A run and what is known about it: the one that goes on now, or one of the past.</summary>
/// <param name="Info">What names it.</param>
/// <param name="Stores">What is known.</param>
/// <param name="IsLive">True for the run that goes on now; a past one does not change any more.</param>
internal sealed record RunData(RunInfo Info, RunStores Stores, bool IsLive);
