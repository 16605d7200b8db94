using MlKit.Feast;

namespace MlKit.Features;

/// <summary>The view <c>user_activity</c>: what a user did, newest first.</summary>
[FeatureView(RecommenderFeatures.UserActivity, PushSource = RecommenderFeatures.UserActivityPush)]
public sealed partial record UserActivityRow
{
    /// <summary>Raw user id.</summary>
    [JoinKey("user", Name = RecommenderFeatures.UserKey)]
    public string User { get; init; } = "";

    /// <summary>Time of the newest event.</summary>
    [EventTime]
    public DateTimeOffset Time { get; init; }

    /// <summary>Number of events.</summary>
    public long? EventCount { get; init; }

    /// <summary>Mean of the events' values.</summary>
    public double? MeanValue { get; init; }

    /// <summary>Distinct items, newest first, at most <see cref="RecommenderFeatures.SeenItemsCap"/>.</summary>
    [Feature(Description = "distinct items, newest first, at most 5000")]
    public string[]? SeenItems { get; init; }

    /// <summary>Items of the newest events, newest first, at most <see cref="RecommenderFeatures.LastItemsCap"/>.</summary>
    [Feature(Description = "newest first, at most 50")]
    public string[]? LastItems { get; init; }

    /// <summary>Times of <see cref="LastItems"/>.</summary>
    [Feature(Description = "times of last_items")]
    public DateTimeOffset[]? LastItemTimes { get; init; }
}
