namespace MlKit.Features;

/// <summary>Which features of the store the columns of a ranking model are computed from, see <see cref="RankingRow"/>.</summary>
public static class RankingSources
{
    private const string Activity = RecommenderFeatures.UserActivity;
    private const string User = RecommenderFeatures.UserProfile;
    private const string Item = RecommenderFeatures.ItemProfile;
    private const string Popularity = RecommenderFeatures.ItemPopularity;

    /// <summary>References <c>view:feature</c>; none where the column follows from the candidates alone.</summary>
    /// <param name="column">A column of a <see cref="RankingSchema"/>.</param>
    public static IReadOnlyList<string> Of(string column) => column switch
    {
        "user_event_count_log" => [$"{Activity}:event_count"],
        "user_mean_value" => [$"{Activity}:mean_value"],
        "genre_affinity" => [$"{User}:genres", $"{User}:genre_weights", $"{Item}:genres"],
        "item_popularity_log" => [$"{Popularity}:event_count"],
        "item_recent_log" => [$"{Popularity}:recent_count"],
        "item_trend" => [$"{Popularity}:event_count", $"{Popularity}:recent_count"],
        "item_mean_value" => [$"{Popularity}:mean_value"],
        "item_age_years" => [$"{Item}:release_year", $"{Activity}:last_item_times"],
        "item_days_known_log" => [$"{Popularity}:first_event_time", $"{Activity}:last_item_times"],
        "popularity_gap" => [$"{Popularity}:event_count", $"{User}:mean_item_popularity"],
        "hour" or "weekday" => [$"{Activity}:last_item_times"],
        _ => [],
    };
}
