namespace MlKit.Features;

/// <summary>What ranking needs of an item, as the views <c>item_profile</c> and <c>item_popularity</c> hold it.</summary>
public sealed record ItemState
{
    /// <summary>An item of which the store holds nothing.</summary>
    public static ItemState Unknown { get; } = new();

    /// <summary><c>item_profile:genres</c>.</summary>
    public IReadOnlyList<string> Genres { get; init; } = [];

    /// <summary><c>item_profile:release_year</c>; null or 0 where unknown.</summary>
    public long? ReleaseYear { get; init; }

    /// <summary><c>item_popularity:event_count</c>.</summary>
    public long EventCount { get; init; }

    /// <summary><c>item_popularity:recent_count</c>: events in the 30 days before the row's time.</summary>
    public long RecentCount { get; init; }

    /// <summary><c>item_popularity:mean_value</c>.</summary>
    public double MeanValue { get; init; }

    /// <summary><c>item_popularity:first_event_time</c>.</summary>
    public DateTimeOffset? FirstEventTime { get; init; }
}
