namespace MlKit.Feast;

/// <summary>One materialization of one view.</summary>
/// <param name="View">The view.</param>
/// <param name="Start">Begin of the window, inclusive.</param>
/// <param name="End">End of the window, inclusive.</param>
/// <param name="Finished">When its rows were all in the online store.</param>
internal sealed record MaterializationRun(string View, DateTimeOffset Start, DateTimeOffset End, DateTimeOffset Finished);
