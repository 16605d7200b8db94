using MlKit.Recommendation.Data;

namespace MlKit.TrainingWorker.Features;

/// <summary>Running counts of all items.</summary>
internal sealed class ItemCounters(int items)
{
    private static readonly long RecentSeconds = (long)TimeSpan.FromDays(30).TotalSeconds;

    private readonly long[] _counts = new long[items];
    private readonly long[] _recent = new long[items];
    private readonly double[] _values = new double[items];
    private readonly long[] _first = new long[items];
    private readonly Queue<(long Time, int Item)> _window = new();

    public long Count(int item) => _counts[item];

    public void Add(Interaction one)
    {
        if (_counts[one.Item]++ == 0)
        {
            _first[one.Item] = one.Timestamp;
        }

        _recent[one.Item]++;
        _values[one.Item] += one.Value;
        _window.Enqueue((one.Timestamp, one.Item));
    }

    public void Emit(List<ItemSnapshot> to, long now)
    {
        while (_window.TryPeek(out var oldest) && oldest.Time < now - RecentSeconds)
        {
            _recent[_window.Dequeue().Item]--;
        }

        var time = DateTimeOffset.FromUnixTimeSeconds(now);
        for (var item = 0; item < _counts.Length; item++)
        {
            if (_counts[item] > 0)
            {
                to.Add(new ItemSnapshot(
                    item, time, _counts[item], _recent[item], _values[item] / _counts[item],
                    DateTimeOffset.FromUnixTimeSeconds(_first[item])));
            }
        }
    }
}
