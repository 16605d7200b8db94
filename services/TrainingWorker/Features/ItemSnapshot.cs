namespace MlKit.TrainingWorker.Features;

/// <summary>How popular an item was after all events up to <see cref="Time"/>.</summary>
/// <param name="Item">Index into the data set.</param>
/// <param name="Time">Time of the newest event of the data that is counted.</param>
/// <param name="EventCount">Events so far.</param>
/// <param name="RecentCount">Events in the last 30 days.</param>
/// <param name="MeanValue">Mean value of the events so far.</param>
/// <param name="FirstEventTime">Time of the item's first event.</param>
internal sealed record ItemSnapshot(
    int Item, DateTimeOffset Time, long EventCount, long RecentCount, double MeanValue, DateTimeOffset FirstEventTime);
