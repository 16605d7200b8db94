using MlKit.Recommendation.Data;

namespace MlKit.Recommendation.Evaluation;

/// <summary>
/// Protocol "leave the latest out, full ranking": the newest event of each user (ties in time: the last line of the
/// file) is the positive, everything before is the history, and every item that is not in the history competes.
/// Users with a single event have no history and are left out.
/// </summary>
public sealed class LatestOut
{
    private LatestOut(UserHistories training, int[] positives)
    {
        Training = training;
        Positives = positives;
    }

    /// <summary>The histories without the positives.</summary>
    public UserHistories Training { get; }

    /// <summary>The held-out item (index of the data set) by user, -1 for users that are left out.</summary>
    public int[] Positives { get; }

    /// <summary>Number of users with a positive.</summary>
    public int Users => Positives.Count(item => item >= 0);

    /// <summary>Cuts the newest event off every user with at least two.</summary>
    public static LatestOut Split(UserHistories histories)
    {
        ArgumentNullException.ThrowIfNull(histories);
        var positives = new int[histories.Count];
        var training = histories.Keep((user, events) =>
        {
            positives[user] = events.Length >= 2 ? events[^1].Item : -1;
            return events.Length >= 2 ? events.Length - 1 : events.Length;
        });
        return new LatestOut(training, positives);
    }
}
