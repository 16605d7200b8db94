namespace MlKit.Recommendation.Data;

/// <summary>Collects raw events in file order and turns them into a <see cref="DataSet"/>.</summary>
public sealed class DataSetBuilder(string name)
{
    private readonly Dictionary<string, int> _users = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _items = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, long> _dropped = new(StringComparer.Ordinal);
    private readonly List<Interaction> _events = [];

    /// <summary>False makes the order of <see cref="Add"/> stand for time.</summary>
    public bool HasClock { get; init; } = true;

    /// <summary>True leaves broken rows out and counts them; false lets their exception pass.</summary>
    public bool Lenient { get; init; }

    /// <summary>Events collected so far.</summary>
    public int Count => _events.Count;

    /// <summary>Adds one event.</summary>
    /// <param name="userId">Raw user id, not empty.</param>
    /// <param name="itemId">Raw item id, not empty.</param>
    /// <param name="timestamp">Seconds since 1970-01-01 UTC; ignored without a clock.</param>
    /// <param name="value">Strength; finite.</param>
    public void Add(string userId, string itemId, long timestamp, float value) =>
        _events.Add(new Interaction(Index(_users, userId), Index(_items, itemId), HasClock ? timestamp : _events.Count, value));

    /// <summary>Reads one row; where reading is lenient a broken one is counted instead.</summary>
    internal void TryAdd(Action read)
    {
        try
        {
            read();
        }
        catch (DataFormatException error) when (Lenient && error.Fault is { } fault)
        {
            Drop(fault);
        }
    }

    /// <summary>Counts a row that is left out whether reading is strict or not.</summary>
    internal void Drop(string reason) => _dropped[reason] = _dropped.GetValueOrDefault(reason) + 1;

    /// <summary>Sorts by time (stable) and renumbers users and items by first appearance in that order.</summary>
    /// <exception cref="DataFormatException">There is no event at all.</exception>
    public DataSet Build()
    {
        if (_events.Count == 0)
        {
            var dropped = _dropped.Count == 0 ? "" : $" ({string.Join(", ", _dropped.Select(one => $"{one.Value} rows with {one.Key}"))} left out)";
            throw new DataFormatException(name, $"holds no interactions{dropped}; at least one line of user and item is needed");
        }

        var ordered = _events.ToArray();
        if (HasClock)
        {
            var keys = new (long Time, int Line)[ordered.Length];
            for (var i = 0; i < keys.Length; i++)
            {
                keys[i] = (ordered[i].Timestamp, i);
            }

            Array.Sort(keys, ordered);
        }

        var users = new Renumbering(_users);
        var items = new Renumbering(_items);
        for (var i = 0; i < ordered.Length; i++)
        {
            ordered[i] = ordered[i] with { User = users.Next(ordered[i].User), Item = items.Next(ordered[i].Item) };
        }

        return new DataSet(name, users.Ids, items.Ids, ordered, HasClock) { Dropped = _dropped };
    }

    private static int Index(Dictionary<string, int> known, string id)
    {
        if (!known.TryGetValue(id, out var index))
        {
            index = known.Count;
            known.Add(id, index);
        }

        return index;
    }

    /// <summary>Gives dense numbers in the order in which old numbers are first asked for.</summary>
    private sealed class Renumbering
    {
        private readonly string[] _oldIds;
        private readonly int[] _newIndex;
        private int _count;

        public Renumbering(Dictionary<string, int> known)
        {
            _oldIds = new string[known.Count];
            foreach (var (id, index) in known)
            {
                _oldIds[index] = id;
            }

            Ids = new string[known.Count];
            _newIndex = new int[known.Count];
            Array.Fill(_newIndex, -1);
        }

        public string[] Ids { get; }

        public int Next(int old)
        {
            if (_newIndex[old] < 0)
            {
                _newIndex[old] = _count;
                Ids[_count++] = _oldIds[old];
            }

            return _newIndex[old];
        }
    }
}
