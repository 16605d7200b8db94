using MlKit.Features;
using MlKit.RecommendationApi.Features;

namespace MlKit.RecommendationApi.Events;

/// <summary>Adds events to a user's activity by the same rules as the training worker's features.</summary>
internal static class UserActivity
{
    public static UserFeatures Add(UserFeatures user, IEnumerable<EventMessage> events)
    {
        foreach (var one in events.OrderBy(one => one.Timestamp))
        {
            user = Add(user, one);
        }

        return user;
    }

    private static UserFeatures Add(UserFeatures user, EventMessage one)
    {
        var time = one.Timestamp!.Value;
        var place = 0;
        while (place < user.LastItemTimes.Count && user.LastItemTimes[place] > time)
        {
            place++;
        }

        var count = user.State.EventCount + 1;
        var times = Insert(user.LastItemTimes, place, time, RecommenderFeatures.LastItemsCap);
        return user with
        {
            // An event that comes late goes behind the newer ones, but is seen all the same.
            SeenItems = Seen(user.SeenItems, one.ItemId!, place),
            LastItems = Insert(user.LastItems, place, one.ItemId!, RecommenderFeatures.LastItemsCap),
            LastItemTimes = times,
            State = user.State with
            {
                EventCount = count,
                MeanValue = user.State.MeanValue + (((one.Value ?? 1) - user.State.MeanValue) / count),
                LastEventTime = times[0],
            },
        };
    }

    private static List<string> Seen(IReadOnlyList<string> items, string item, int place)
    {
        var seen = items.Where(known => known != item).ToList();
        seen.Insert(Math.Min(place, seen.Count), item);
        return seen.Count > RecommenderFeatures.SeenItemsCap ? seen[..RecommenderFeatures.SeenItemsCap] : seen;
    }

    private static List<T> Insert<T>(IReadOnlyList<T> values, int place, T value, int most)
    {
        var list = values.ToList();
        list.Insert(place, value);
        return list.Count > most ? list[..most] : list;
    }
}
