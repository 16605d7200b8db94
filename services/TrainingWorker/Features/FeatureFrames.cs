using MlKit.Feast;
using MlKit.Features;
using MlKit.Recommendation.Data;

namespace MlKit.TrainingWorker.Features;

/// <summary>Snapshots as rows of the feature views.</summary>
internal static class FeatureFrames
{
    private const string Time = "event_timestamp";

    public static FeatureFrame UserProfile(DataSet data, IReadOnlyList<UserSnapshot> users) => new(
        Column(RecommenderFeatures.UserKey, users, u => data.UserIds[u.User]),
        Column(Time, users, u => u.Time),
        Column<UserSnapshot, long?>("age", users, u => data.Users[u.User].Age),
        Column("gender", users, u => data.Users[u.User].Gender),
        Column("occupation", users, u => data.Users[u.User].Occupation),
        Column("genres", users, u => u.Genres),
        Column("genre_weights", users, u => u.GenreWeights),
        Column("mean_item_popularity", users, u => u.MeanItemPopularity));

    public static FeatureFrame UserActivity(DataSet data, IReadOnlyList<UserSnapshot> users) => new(
        Column(RecommenderFeatures.UserKey, users, u => data.UserIds[u.User]),
        Column(Time, users, u => u.Time),
        Column("event_count", users, u => u.EventCount),
        Column("mean_value", users, u => u.MeanValue),
        Column("seen_items", users, u => u.SeenItems),
        Column("last_items", users, u => u.LastItems),
        Column("last_item_times", users, u => u.LastItemTimes));

    /// <summary>What is known of an item does not change, so one row at the beginning of the data holds for all times.</summary>
    public static FeatureFrame ItemProfile(DataSet data)
    {
        var start = DateTimeOffset.FromUnixTimeSeconds(data.Interactions[0].Timestamp - 1);
        return new FeatureFrame(
            Column(RecommenderFeatures.ItemKey, data.ItemIds, id => id),
            Column(Time, data.ItemIds, _ => start),
            Column("title", data.Items, item => item.Title),
            Column("genres", data.Items, item => item.Genres.ToArray()),
            Column("release_year", data.Items, item => (long)(item.ReleaseYear ?? 0)));
    }

    public static FeatureFrame ItemPopularity(DataSet data, IReadOnlyList<ItemSnapshot> items) => new(
        Column(RecommenderFeatures.ItemKey, items, i => data.ItemIds[i.Item]),
        Column(Time, items, i => i.Time),
        Column("event_count", items, i => i.EventCount),
        Column("recent_count", items, i => i.RecentCount),
        Column("mean_value", items, i => i.MeanValue),
        Column("first_event_time", items, i => i.FirstEventTime));

    private static FeatureColumn Column<TRow, TValue>(string name, IReadOnlyList<TRow> rows, Func<TRow, TValue> value)
    {
        var values = new TValue[rows.Count];
        for (var row = 0; row < values.Length; row++)
        {
            values[row] = value(rows[row]);
        }

        return new FeatureColumn(name, values);
    }
}
