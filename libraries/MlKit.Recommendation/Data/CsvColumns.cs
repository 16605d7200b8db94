namespace MlKit.Recommendation.Data;

/// <summary>
/// Which columns of a CSV header hold what. A null takes the first of the usual names that the header has:
/// user: user, user_id, userId; item: item, item_id, itemId, movieId, movie_id, product_id;
/// timestamp: timestamp, time, event_timestamp, date, unix_time; value: value, rating, score, count.
/// Names are compared without regard to case. User and item are needed; without a timestamp the order of the
/// lines stands for time, without a value every event counts 1.
/// </summary>
public sealed record CsvColumns
{
    internal static readonly string[] UsualUser = ["user", "user_id", "userId"];
    internal static readonly string[] UsualItem = ["item", "item_id", "itemId", "movieId", "movie_id", "product_id"];
    internal static readonly string[] UsualTimestamp = ["timestamp", "time", "event_timestamp", "date", "unix_time"];
    internal static readonly string[] UsualValue = ["value", "rating", "score", "count"];

    /// <summary>The usual names.</summary>
    public static CsvColumns Default { get; } = new();

    /// <summary>Column of the user id.</summary>
    public string? User { get; init; }

    /// <summary>Column of the item id.</summary>
    public string? Item { get; init; }

    /// <summary>Column of the time: seconds since 1970-01-01 UTC, or ISO 8601.</summary>
    public string? Timestamp { get; init; }

    /// <summary>Column of the value.</summary>
    public string? Value { get; init; }
}
