namespace MlKit.Recommendation.Data;

/// <summary>
/// The events of every user in time order, one per item: of repeated events only the newest counts. Item numbers
/// are indexes into <see cref="DataSet.ItemIds"/>.
/// </summary>
public sealed class UserHistories
{
    private readonly Interaction[][] _events;

    private UserHistories(DataSet data, Interaction[][] events)
    {
        Data = data;
        _events = events;
    }

    /// <summary>The data set that the histories come from.</summary>
    public DataSet Data { get; }

    /// <summary>Number of users, those without events included.</summary>
    public int Count => _events.Length;

    /// <summary>Events of one user, oldest first.</summary>
    public ReadOnlySpan<Interaction> this[int user] => _events[user];

    /// <summary>All events of the data set.</summary>
    public static UserHistories Of(DataSet data)
    {
        ArgumentNullException.ThrowIfNull(data);
        var lists = new List<Interaction>[data.UserIds.Length];
        foreach (var one in data.Interactions)
        {
            (lists[one.User] ??= []).Add(one);
        }

        return new UserHistories(data, Array.ConvertAll(lists, Newest));
    }

    private static Interaction[] Newest(List<Interaction>? events)
    {
        var seen = new HashSet<int>(events?.Count ?? 0);
        var newest = new List<Interaction>(events?.Count ?? 0);
        for (var i = (events?.Count ?? 0) - 1; i >= 0; i--)
        {
            if (seen.Add(events![i].Item))
            {
                newest.Add(events[i]);
            }
        }

        newest.Reverse();
        return [.. newest];
    }

    /// <summary>The same users with the newest events cut off.</summary>
    /// <param name="cut">For a user and its history: how many of the oldest events stay.</param>
    public UserHistories Keep(Func<int, Interaction[], int> cut)
    {
        ArgumentNullException.ThrowIfNull(cut);
        var kept = new Interaction[_events.Length][];
        for (var user = 0; user < kept.Length; user++)
        {
            kept[user] = _events[user][..cut(user, _events[user])];
        }

        return new UserHistories(Data, kept);
    }

    /// <summary>The same users with some events left out.</summary>
    /// <param name="keep">Of a user and one of its events: whether the event stays.</param>
    public UserHistories Where(Func<int, Interaction, bool> keep)
    {
        ArgumentNullException.ThrowIfNull(keep);
        var kept = new Interaction[_events.Length][];
        for (var user = 0; user < kept.Length; user++)
        {
            kept[user] = Array.FindAll(_events[user], one => keep(user, one));
        }

        return new UserHistories(Data, kept);
    }

    /// <summary>The events of the histories as a data set of their own.</summary>
    public DataSet ToDataSet()
    {
        // Each event once, in the order of the data: equal times keep the order of the file.
        var left = _events.Select(events => new HashSet<int>(events.Select(one => one.Item))).ToArray();
        var newestFirst = Data.Interactions.Reverse().Where(one => left[one.User].Remove(one.Item)).ToArray();
        Array.Reverse(newestFirst);
        return Data.With(newestFirst);
    }

    /// <summary>Number of users per item.</summary>
    public int[] ItemCounts()
    {
        var counts = new int[Data.ItemIds.Length];
        foreach (var events in _events)
        {
            foreach (var one in events)
            {
                counts[one.Item]++;
            }
        }

        return counts;
    }
}
