using MlKit.Recommendation.Data;

namespace MlKit.Recommendation.Retrieval;

/// <summary>
/// Histories as flat arrays of model indexes, oldest event first, and where each item occurs in them: the form in which
/// all trainers read their data. Users without a known item are left out.
/// </summary>
internal sealed class Sequences
{
    private Sequences(int itemCount, int[] items, int[] starts, int[] places, int[] placeStarts, int[] userOfPlace)
    {
        ItemCount = itemCount;
        Items = items;
        Starts = starts;
        Places = places;
        PlaceStarts = placeStarts;
        UserOf = userOfPlace;
    }

    public int ItemCount { get; }

    public int UserCount => Starts.Length - 1;

    /// <summary>Item of each event, user after user.</summary>
    public int[] Items { get; }

    /// <summary>First event of each user, and the end of the last.</summary>
    public int[] Starts { get; }

    /// <summary>Indexes into <see cref="Items"/>, grouped by item, ascending.</summary>
    public int[] Places { get; }

    /// <summary>First place of each item, and the end of the last.</summary>
    public int[] PlaceStarts { get; }

    /// <summary>User of each event.</summary>
    public int[] UserOf { get; }

    public ReadOnlySpan<int> ItemsOf(int user) => Items.AsSpan(Starts[user], Starts[user + 1] - Starts[user]);

    public ReadOnlySpan<int> PlacesOf(int item) => Places.AsSpan(PlaceStarts[item], PlaceStarts[item + 1] - PlaceStarts[item]);

    public static Sequences Of(UserHistories histories, ItemVocabulary vocabulary)
    {
        var items = new List<int>();
        var starts = new List<int> { 0 };
        for (var user = 0; user < histories.Count; user++)
        {
            foreach (var one in histories[user])
            {
                if (vocabulary.ModelIndex(one.Item) is var index and >= 0)
                {
                    items.Add(index);
                }
            }

            if (items.Count > starts[^1])
            {
                starts.Add(items.Count);
            }
        }

        return Of([.. items], [.. starts], vocabulary.Count);
    }

    /// <summary>Whole baskets of model indexes, for tests and for users by hand.</summary>
    public static Sequences Of(int[][] baskets, int itemCount)
    {
        var starts = new int[baskets.Length + 1];
        for (var user = 0; user < baskets.Length; user++)
        {
            starts[user + 1] = starts[user] + baskets[user].Length;
        }

        return Of([.. baskets.SelectMany(basket => basket)], starts, itemCount);
    }

    private static Sequences Of(int[] items, int[] starts, int itemCount)
    {
        var placeStarts = new int[itemCount + 1];
        foreach (var item in items)
        {
            placeStarts[item + 1]++;
        }

        for (var item = 0; item < itemCount; item++)
        {
            placeStarts[item + 1] += placeStarts[item];
        }

        var next = placeStarts.AsSpan(0, itemCount).ToArray();
        var places = new int[items.Length];
        var userOf = new int[items.Length];
        for (var user = 0; user + 1 < starts.Length; user++)
        {
            for (var at = starts[user]; at < starts[user + 1]; at++)
            {
                places[next[items[at]]++] = at;
                userOf[at] = user;
            }
        }

        return new Sequences(itemCount, items, starts, places, placeStarts, userOf);
    }
}
