using MlKit.Recommendation.Data;

namespace MlKit.TrainingWorker.Judging;

/// <summary>The events of a data set by user and by item, in time order, with the popularity that items had when they were met.</summary>
internal sealed class Past
{
    private readonly Interaction[][] _byUser;
    private readonly Interaction[][] _byItem;
    private readonly double[][] _popularity;

    public Past(DataSet data)
    {
        Data = data;
        var users = new List<Interaction>[data.UserIds.Length];
        var items = new List<Interaction>[data.ItemIds.Length];
        var popularity = new List<double>[data.UserIds.Length];
        foreach (var one in data.Interactions)
        {
            var ofItem = items[one.Item] ??= [];
            (popularity[one.User] ??= []).Add(Math.Log(1 + ofItem.Count));
            (users[one.User] ??= []).Add(one);
            ofItem.Add(one);
        }

        _byUser = Array.ConvertAll(users, own => own?.ToArray() ?? []);
        _byItem = Array.ConvertAll(items, own => own?.ToArray() ?? []);
        _popularity = Array.ConvertAll(popularity, own => own?.ToArray() ?? []);
    }

    /// <summary>The data set.</summary>
    public DataSet Data { get; }

    /// <summary>Events of a user before a time (seconds), oldest first.</summary>
    public ReadOnlySpan<Interaction> OfUser(int user, long cut) => Before(_byUser[user], cut);

    /// <summary>Events of an item before a time (seconds), oldest first.</summary>
    public ReadOnlySpan<Interaction> OfItem(int item, long cut) => Before(_byItem[item], cut);

    /// <summary>Mean of ln(1 + events) of the items of the user's first events, each taken just before the user met it.</summary>
    public double MeanPopularity(int user, int events) => events == 0 ? 0 : _popularity[user].Take(events).Average();

    private static ReadOnlySpan<Interaction> Before(Interaction[] events, long cut)
    {
        var count = events.Length;
        while (count > 0 && events[count - 1].Timestamp >= cut)
        {
            count--;
        }

        return events.AsSpan(0, count);
    }
}
