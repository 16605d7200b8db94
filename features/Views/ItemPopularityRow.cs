using MlKit.Feast;

namespace MlKit.Features;

/// <summary>The view <c>item_popularity</c>: how often an item was met.</summary>
[FeatureView(RecommenderFeatures.ItemPopularity, PushSource = RecommenderFeatures.ItemPopularityPush)]
public sealed partial record ItemPopularityRow
{
    /// <summary>Raw item id.</summary>
    [JoinKey("item", Name = RecommenderFeatures.ItemKey)]
    public string Item { get; init; } = "";

    /// <summary>Time of the newest event.</summary>
    [EventTime]
    public DateTimeOffset Time { get; init; }

    /// <summary>Number of events.</summary>
    public long? EventCount { get; init; }

    /// <summary>Events in the 30 days before the row's time.</summary>
    [Feature(Description = "events in the 30 days before")]
    public long? RecentCount { get; init; }

    /// <summary>Mean of the events' values.</summary>
    public double? MeanValue { get; init; }

    /// <summary>Time of the first event.</summary>
    public DateTimeOffset? FirstEventTime { get; init; }
}
