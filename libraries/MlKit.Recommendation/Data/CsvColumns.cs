namespace MlKit.Recommendation.Data;

/// <summary>
/// Which columns of a table hold what. A null takes the first of the usual names that the table has:
/// user: user, user_id, userId, uid, reviewerID, customer_id; item: item, item_id, itemId, movieId, movie_id,
/// product_id, asin, iid, sid; timestamp: timestamp, time, event_timestamp, date, unix_time, unixReviewTime; value:
/// value, rating, score, count. Names are compared without regard to case, and without a type after a colon
/// (<c>user_id:token</c>). User and item are needed; without a timestamp the order of the lines stands for time, without
/// a value every event counts 1.
/// </summary>
public sealed record CsvColumns
{
    internal static readonly string[] UsualUser = ["user", "user_id", "userId", "uid", "reviewerID", "customer_id"];
    internal static readonly string[] UsualItem =
        ["item", "item_id", "itemId", "movieId", "movie_id", "product_id", "asin", "iid", "sid"];

    internal static readonly string[] UsualTimestamp = ["timestamp", "time", "event_timestamp", "date", "unix_time", "unixReviewTime"];
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
