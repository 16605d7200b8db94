using MlKit.Feast;

namespace MlKit.Features;

/// <summary>
/// Everything that the recommender keeps in the feature store. The training worker applies it and fills it; the API
/// reads it and pushes events to <see cref="UserActivityPush"/> and <see cref="ItemPopularityPush"/>.
/// </summary>
public static class RecommenderFeatures
{
    /// <summary>Join key of the entity <c>user</c>; raw user ids as text.</summary>
    public const string UserKey = "user_id";

    /// <summary>Join key of the entity <c>item</c>; raw item ids as text.</summary>
    public const string ItemKey = "item_id";

    /// <summary>View of the user: age, gender, occupation, tastes.</summary>
    public const string UserProfile = "user_profile";

    /// <summary>View of the user: what the user did, newest first.</summary>
    public const string UserActivity = "user_activity";

    /// <summary>View of the item: title, genres, release year.</summary>
    public const string ItemProfile = "item_profile";

    /// <summary>View of the item: how often it was met.</summary>
    public const string ItemPopularity = "item_popularity";

    /// <summary>Push source of <see cref="UserActivity"/>.</summary>
    public const string UserActivityPush = "user_activity_push";

    /// <summary>Push source of <see cref="ItemPopularity"/>.</summary>
    public const string ItemPopularityPush = "item_popularity_push";

    /// <summary>Feature service with all features of a user.</summary>
    public const string UserService = "recommender_user";

    /// <summary>Feature service with all features of an item.</summary>
    public const string ItemService = "recommender_item";

    /// <summary>Most items in <c>seen_items</c>; what is older is forgotten.</summary>
    public const int SeenItemsCap = 5_000;

    /// <summary>Most items in <c>last_items</c> and <c>last_item_times</c>.</summary>
    public const int LastItemsCap = 50;

    /// <summary>Entities, views and services, as the records in <c>Views</c> declare them.</summary>
    public static FeatureDefinitions Definitions { get; } = FeatureDefinitions.Of<UserProfileRow>()
        .And(FeatureDefinitions.Of<UserActivityRow>())
        .And(FeatureDefinitions.Of<ItemProfileRow>())
        .And(FeatureDefinitions.Of<ItemPopularityRow>())
        .And(new FeatureDefinitions
        {
            Services =
            [
                new FeatureService(UserService, [UserActivityRow.View.All(), UserProfileRow.View.All()]),
                new FeatureService(ItemService, [ItemPopularityRow.View.All(), ItemProfileRow.View.All()]),
            ],
        });
}
