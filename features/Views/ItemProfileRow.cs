using MlKit.Feast;

namespace MlKit.Features;

/// <summary>The view <c>item_profile</c>: what an item is.</summary>
[FeatureView(RecommenderFeatures.ItemProfile)]
public sealed partial record ItemProfileRow
{
    /// <summary>Raw item id.</summary>
    [JoinKey("item", Name = RecommenderFeatures.ItemKey)]
    public string Item { get; init; } = "";

    /// <summary>When the row was true.</summary>
    [EventTime]
    public DateTimeOffset Time { get; init; }

    /// <summary>Title for people.</summary>
    public string? Title { get; init; }

    /// <summary>Genres.</summary>
    public string[]? Genres { get; init; }

    /// <summary>Year of release; 0 where unknown.</summary>
    [Feature(Description = "0 where unknown")]
    public long? ReleaseYear { get; init; }
}
