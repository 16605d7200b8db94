using MlKit.Recommendation.Data;

namespace MlKit.TrainingWorker.Features;

/// <summary>
/// Walks once over the events in time order and writes down the features of users and items as they were then: a
/// snapshot never counts an event at or after its cut. Users are cut where the training set or the evaluation asks
/// (and at the end), items at evenly filled spans of time (and at the end).
/// Without a clock the lines of different users have no order among each other: item popularity is then written for
/// the end only, so the ranking model never sees it and never splits on it.
/// </summary>
internal sealed class FeatureSnapshots
{
    private const int ItemSpans = 32;

    private readonly DataSet _data;
    private readonly List<UserSnapshot> _users = [];
    private readonly List<ItemSnapshot> _items = [];

    private FeatureSnapshots(DataSet data) => _data = data;

    public IReadOnlyList<UserSnapshot> Users => _users;

    public IReadOnlyList<ItemSnapshot> Items => _items;

    /// <param name="data">The events.</param>
    /// <param name="cuts">By user: times (seconds) before which features are wanted, ascending.</param>
    public static FeatureSnapshots Take(DataSet data, IReadOnlyList<IReadOnlyList<long>> cuts)
    {
        var snapshots = new FeatureSnapshots(data);
        snapshots.Walk(cuts);
        return snapshots;
    }

    private void Walk(IReadOnlyList<IReadOnlyList<long>> cuts)
    {
        var events = _data.Interactions;
        var items = new ItemCounters(_data.ItemIds.Length);
        var users = new UserHistory?[_data.UserIds.Length];
        var nextCut = new int[_data.UserIds.Length];
        for (var i = 0; i < events.Length; i++)
        {
            var one = events[i];
            if (_data.HasClock && IsSpanBoundary(i))
            {
                items.Emit(_items, events[i - 1].Timestamp);
            }

            var history = users[one.User] ??= new UserHistory(one.User);
            EmitBefore(history, cuts[one.User], ref nextCut[one.User], one.Timestamp);
            history.Add(one, _data.HasClock ? Math.Log(1 + items.Count(one.Item)) : 0);
            items.Add(one);
        }

        foreach (var history in users)
        {
            if (history is not null)
            {
                _users.Add(history.Snapshot(_data));
            }
        }

        items.Emit(_items, events[^1].Timestamp);
    }

    /// <summary>Spans hold about equally many events and never split events of one second.</summary>
    private bool IsSpanBoundary(int i)
    {
        var events = _data.Interactions;
        var span = Math.Max(1, events.Length / ItemSpans);
        if (i == 0 || events[i].Timestamp == events[i - 1].Timestamp)
        {
            return false;
        }

        var secondStart = i - 1;
        while (secondStart > 0 && events[secondStart - 1].Timestamp == events[i - 1].Timestamp)
        {
            secondStart--;
        }

        return secondStart / span != i / span;
    }

    private void EmitBefore(UserHistory history, IReadOnlyList<long> cuts, ref int next, long timestamp)
    {
        var wanted = false;
        while (next < cuts.Count && cuts[next] <= timestamp)
        {
            wanted = true;
            next++;
        }

        if (wanted && history.Count > 0 && history.LastTime < timestamp)
        {
            _users.Add(history.Snapshot(_data));
        }
    }
}
