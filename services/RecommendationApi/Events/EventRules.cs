using MlKit.RecommendationApi.Recommendations;

namespace MlKit.RecommendationApi.Events;

/// <summary>What events must be; a list with a wrong one is refused as a whole.</summary>
internal static class EventRules
{
    public const int MostEvents = 1000;
    private const int LongestType = 64;
    private static readonly TimeSpan ClockSkew = TimeSpan.FromDays(1);

    /// <summary>The rules that the list breaks, by position and member; empty: none.</summary>
    public static Dictionary<string, string[]> Check(IReadOnlyList<EventMessage?> events, DateTimeOffset now)
    {
        var broken = new Dictionary<string, string[]>();
        if (events.Count is 0 or > MostEvents)
        {
            broken["$"] = [$"the list has {events.Count} events; allowed: 1 to {MostEvents}"];
            return broken;
        }

        for (var i = 0; i < events.Count; i++)
        {
            if (events[i] is { } one)
            {
                Check(one, now, (member, message) => broken[$"[{i}].{member}"] = [message]);
            }
            else
            {
                broken[$"[{i}]"] = ["an event is null; allowed: an object"];
            }
        }

        return broken;
    }

    private static void Check(EventMessage one, DateTimeOffset now, Action<string, string> report)
    {
        CheckId("eventId", one.EventId, report);
        CheckId("userId", one.UserId, report);
        CheckId("itemId", one.ItemId, report);
        if (one.Type is not { Length: >= 1 and <= LongestType })
        {
            report("type", $"'{RequestRules.Shorten(one.Type)}' is not allowed; allowed: a text of 1 to {LongestType} characters");
        }

        if (one.Value is { } value && !double.IsFinite(value))
        {
            report("value", "allowed: a finite number");
        }

        if (one.Timestamp is not { } time)
        {
            report("timestamp", "it is missing; allowed: ISO 8601 with offset, for example 2026-01-31T12:00:00Z");
        }
        else if (time < DateTimeOffset.UnixEpoch || time > now + ClockSkew)
        {
            report("timestamp", $"'{time:O}' is not allowed; allowed: from 1970 to one day after now");
        }
    }

    private static void CheckId(string member, string? id, Action<string, string> report)
    {
        if (!RequestRules.IsId(id))
        {
            report(member, $"'{RequestRules.Shorten(id)}' is not an id; allowed: {RequestRules.IdRule}");
        }
    }
}
