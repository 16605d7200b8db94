using MlKit.Features;

namespace MlKit.TrainingWorker.Tests;

public sealed class RankingRowTests
{
    private static readonly string[] Components = ["ease", "last"];
    private static readonly RankingSchema Schema = RankingSchema.Of(Components, hasClock: true, hasGenres: true);

    private static readonly UserState User = new()
    {
        EventCount = 9,
        MeanValue = 3.5,
        LastEventTime = new DateTimeOffset(2000, 1, 11, 0, 0, 0, TimeSpan.Zero),
        MeanItemPopularity = 2,
        Genres = ["Drama", "War"],
        GenreWeights = [0.75, 0.25],
    };

    private static readonly ItemState Item = new()
    {
        Genres = ["War", "Drama"],
        ReleaseYear = 1990,
        EventCount = 99,
        RecentCount = 33,
        MeanValue = 4,
        FirstEventTime = new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero),
    };

    [Fact]
    public void Columns_hold_what_their_names_say()
    {
        Candidate[] candidates = [new("other", 5, new float[] { 1, 1 }), new("item", 3, new float[] { 0.5f, -1 })];

        var row = Row(User, candidates, 1);

        Assert.Equal(3, row["retrieval_score"]);
        Assert.Equal(Math.Log(2), row["retrieval_rank_log"], 1e-6);
        Assert.Equal(-2, row["retrieval_gap"]);
        Assert.Equal(0.5, row["ease_score"]);
        Assert.Equal(-1, row["last_score"]);
        Assert.Equal(Math.Log(2), row["ease_rank_log"], 1e-6);
        Assert.Equal(-1, row["ease_list_z"], 1e-6);
        Assert.Equal((0, 2), (row["hour"], row["weekday"]));
        Assert.Equal(Math.Log(100), row["item_popularity_log"], 1e-6);
        Assert.Equal(Math.Log(34), row["item_recent_log"], 1e-6);
        Assert.Equal(1 / 3.0, row["item_trend"], 1e-6);
        Assert.Equal(4, row["item_mean_value"]);
        Assert.Equal(10, row["item_age_years"]);
        Assert.Equal(Math.Log(11), row["item_days_known_log"], 1e-6);
        Assert.Equal(1 / Math.Sqrt(2), row["genre_affinity"], 1e-6);
        Assert.Equal(Math.Log(100) - 2, row["popularity_gap"], 1e-6);
        Assert.Equal(Math.Log(10), row["user_event_count_log"], 1e-6);
        Assert.Equal(3.5, row["user_mean_value"]);
    }

    [Fact]
    public void Unknown_users_and_items_give_finite_rows()
    {
        var rows = RankingRow.Build(Schema, Components, UserState.Unknown, [new("nobody", 1, default)], _ => null);

        Assert.Equal(Schema.Width, rows.Length);
        Assert.All(rows, value => Assert.True(float.IsFinite(value)));
    }

    [Fact]
    public void Values_that_are_not_finite_become_zero()
    {
        var user = User with { MeanValue = double.NaN, GenreWeights = [double.PositiveInfinity, 1] };

        Assert.All(Row(user, [new("item", 1, default)], 0).Values, value => Assert.True(double.IsFinite(value)));
    }

    [Fact]
    public void What_the_data_cannot_give_is_absent_and_not_zero()
    {
        var bare = RankingSchema.Of(Components, hasClock: false, hasGenres: false);

        Assert.DoesNotContain("item_popularity_log", bare.Names);
        Assert.DoesNotContain("genre_affinity", bare.Names);
        Assert.NotEqual(Schema.Hash, bare.Hash);
        Assert.Equal(bare.Hash, RankingSchema.Parse(string.Join(',', bare.Names)).Hash);
    }

    [Fact]
    public void A_column_that_is_not_known_is_named()
    {
        var error = Assert.Throws<FormatException>(() => RankingSchema.Parse("retrieval_score,moon_phase"));

        Assert.Contains("moon_phase", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_weights_of_a_history_are_those_that_the_model_was_trained_with()
    {
        var weights = History.Weights(3_000);

        for (var age = 0; age < weights.Length; age++)
        {
            Assert.Equal(MlKit.Recommendation.Retrieval.HistoryWeights.Standard(age), weights[age]);
        }
    }

    private static Dictionary<string, double> Row(UserState user, Candidate[] candidates, int at)
    {
        var rows = RankingRow.Build(Schema, Components, user, candidates, id => id == "item" ? Item : null);
        return Schema.Names
            .Select((name, column) => (name, Value: (double)rows[(at * Schema.Width) + column]))
            .ToDictionary(pair => pair.name, pair => pair.Value);
    }
}
