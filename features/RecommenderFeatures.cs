using MlKit.Feast;
using ValueType = MlKit.Feast.ValueType;

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

    private const string User = "user";
    private const string Item = "item";

    /// <summary>Entities, views and services.</summary>
    public static FeatureDefinitions Definitions { get; } = Define();

    private static FeatureDefinitions Define()
    {
        var userProfile = View(UserProfile, User, Files(UserProfile),
            new Field("age", ValueType.Int64),
            new Field("gender", ValueType.String),
            new Field("occupation", ValueType.String),
            new Field("genres", ValueType.StringList),
            new Field("genre_weights", ValueType.DoubleList) { Description = "share of each genre in the user's events" },
            new Field("mean_item_popularity", ValueType.Double) { Description = "mean ln(1 + events) of the items when met" });
        var userActivity = View(UserActivity, User, new PushSource(UserActivityPush, Files(UserActivity)),
            new Field("event_count", ValueType.Int64),
            new Field("mean_value", ValueType.Double),
            new Field("seen_items", ValueType.StringList) { Description = "distinct items, newest first, at most 5000" },
            new Field("last_items", ValueType.StringList) { Description = "newest first, at most 50" },
            new Field("last_item_times", ValueType.UnixTimestampList) { Description = "times of last_items" });
        var itemProfile = View(ItemProfile, Item, Files(ItemProfile),
            new Field("title", ValueType.String),
            new Field("genres", ValueType.StringList),
            new Field("release_year", ValueType.Int64) { Description = "0 where unknown" });
        var itemPopularity = View(ItemPopularity, Item, new PushSource(ItemPopularityPush, Files(ItemPopularity)),
            new Field("event_count", ValueType.Int64),
            new Field("recent_count", ValueType.Int64) { Description = "events in the 30 days before" },
            new Field("mean_value", ValueType.Double),
            new Field("first_event_time", ValueType.UnixTimestamp));
        return new FeatureDefinitions
        {
            Entities = [new Entity(User) { JoinKey = UserKey }, new Entity(Item) { JoinKey = ItemKey }],
            Views = [userProfile, userActivity, itemProfile, itemPopularity],
            Services =
            [
                new FeatureService(UserService, [userActivity.All(), userProfile.All()]),
                new FeatureService(ItemService, [itemPopularity.All(), itemProfile.All()]),
            ],
        };
    }

    private static FeatureView View(string name, string entity, DataSource source, params Field[] schema) =>
        new(name, source) { Entities = [entity], Schema = schema };

    private static FileSource Files(string view) => new(view + "_files", view);
}
