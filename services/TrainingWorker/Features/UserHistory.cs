using MlKit.Features;
using MlKit.Recommendation.Data;

namespace MlKit.TrainingWorker.Features;

/// <summary>Running features of one user.</summary>
internal sealed class UserHistory(int user)
{
    private readonly List<Interaction> _events = [];
    private double _values;
    private double _popularity;

    public int Count => _events.Count;

    public long LastTime => _events[^1].Timestamp;

    public void Add(Interaction one, double popularity)
    {
        _events.Add(one);
        _values += one.Value;
        _popularity += popularity;
    }

    public UserSnapshot Snapshot(DataSet data)
    {
        var newestFirst = Enumerable.Reverse(_events).ToArray();
        var last = newestFirst[..Math.Min(newestFirst.Length, RecommenderFeatures.LastItemsCap)];
        var genres = Genres(data);
        return new UserSnapshot
        {
            User = user,
            Time = DateTimeOffset.FromUnixTimeSeconds(LastTime),
            EventCount = Count,
            MeanValue = _values / Count,
            SeenItems = [.. newestFirst.Select(e => e.Item).Distinct().Take(RecommenderFeatures.SeenItemsCap).Select(i => data.ItemIds[i])],
            LastItems = Array.ConvertAll(last, e => data.ItemIds[e.Item]),
            LastItemTimes = Array.ConvertAll(last, e => DateTimeOffset.FromUnixTimeSeconds(e.Timestamp)),
            MeanItemPopularity = _popularity / Count,
            Genres = [.. genres.Keys],
            GenreWeights = [.. genres.Values],
        };
    }

    private SortedDictionary<string, double> Genres(DataSet data)
    {
        var shares = new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach (var one in _events)
        {
            foreach (var genre in data.Items[one.Item].Genres)
            {
                shares[genre] = shares.GetValueOrDefault(genre) + (1.0 / Count);
            }
        }

        return shares;
    }
}
