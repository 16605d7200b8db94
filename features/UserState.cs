namespace MlKit.Features;

/// <summary>What ranking needs of a user, as the views <c>user_profile</c> and <c>user_activity</c> hold it.</summary>
public sealed record UserState
{
    /// <summary>A user of whom the store holds nothing.</summary>
    public static UserState Unknown { get; } = new();

    /// <summary><c>user_activity:event_count</c>.</summary>
    public long EventCount { get; init; }

    /// <summary><c>user_activity:mean_value</c>.</summary>
    public double MeanValue { get; init; }

    /// <summary>First entry of <c>user_activity:last_item_times</c>: the time of the newest event.</summary>
    public DateTimeOffset? LastEventTime { get; init; }

    /// <summary><c>user_profile:mean_item_popularity</c>: mean of ln(1 + events) over the items met.</summary>
    public double MeanItemPopularity { get; init; }

    /// <summary><c>user_profile:genres</c>, paired with <see cref="GenreWeights"/>.</summary>
    public IReadOnlyList<string> Genres { get; init; } = [];

    /// <summary><c>user_profile:genre_weights</c>: share of each genre in the user's events.</summary>
    public IReadOnlyList<double> GenreWeights { get; init; } = [];
}
