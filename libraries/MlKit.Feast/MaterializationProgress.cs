namespace MlKit.Feast;

/// <summary>How far a materialization is.</summary>
/// <param name="View">The view at work.</param>
/// <param name="Rows">Rows of this view that were looked at so far.</param>
/// <param name="Written">Rows of this view that were newer than the stored ones, and written.</param>
/// <param name="Done">Whether this view is finished and recorded; a run that is repeated goes on behind it.</param>
/// <param name="ViewsDone">Views finished, this one included if it is.</param>
/// <param name="Views">Views of the whole run.</param>
public sealed record MaterializationProgress(string View, long Rows, long Written, bool Done, int ViewsDone, int Views);
