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
        var newest = new Dictionary<(int, int), int>(data.Interactions.Length);
        for (var i = 0; i < data.Interactions.Length; i++)
        {
            newest[(data.Interactions[i].User, data.Interactions[i].Item)] = i;
        }

        for (var i = 0; i < data.Interactions.Length; i++)
        {
            var one = data.Interactions[i];
            if (newest[(one.User, one.Item)] == i)
            {
                (lists[one.User] ??= []).Add(one);
            }
        }

        return new UserHistories(data, Array.ConvertAll(lists, list => list?.ToArray() ?? []));
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
