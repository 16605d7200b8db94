using MlKit.Recommendation.Data;
using MlKit.Recommendation.Evaluation;

namespace MlKit.Recommendation.Tests;

public sealed class EvaluationTests
{
    [Theory]
    [InlineData(new float[] { 3, 2, 1 }, 0, 1)]
    [InlineData(new float[] { 3, 2, 1 }, 2, 3)]
    [InlineData(new float[] { 1, 1 }, 0, 1)]
    [InlineData(new float[] { 1, 1, 1 }, 0, 2)]
    [InlineData(new float[] { 5, 1, 1, 1, 1 }, 2, 3)]
    public void Ties_count_half_rounded_down(float[] scores, int positive, int rank)
    {
        Assert.Equal(rank, RankingMetrics.Rank(scores, positive));
    }

    [Fact]
    public void A_constant_model_ranks_in_the_middle_wherever_the_positive_stands()
    {
        var scores = new float[101];

        Assert.Equal(51, RankingMetrics.Rank(scores, 0));
        Assert.Equal(51, RankingMetrics.Rank(scores, 100));
    }

    [Fact]
    public void Items_that_are_no_candidates_do_not_compete()
    {
        Assert.Equal(1, RankingMetrics.Rank([9, 8, 1], 2, [false, false, true]));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Scores_that_are_not_finite_fail_the_evaluation(float score)
    {
        Assert.Throws<NonFiniteScoreException>(() => RankingMetrics.Rank([1, score], 0));
    }

    [Fact]
    public void Metrics_average_over_users()
    {
        var result = new EvaluationResult([.. new[] { 1, 3, 11, int.MaxValue }.Select((rank, user) => UserMetrics.Of(user, [rank]))]);

        Assert.Equal(0.5, result.HitRateAt10);
        Assert.Equal((1 + 0.5) / 4, result.NdcgAt10, 12);
        Assert.Equal(0.05, result.Means["precision@10"], 12);
        Assert.Equal((1 + (1 / 3.0) + (1 / 11.0)) / 4, result.Means["mrr"], 12);
    }

    [Fact]
    public void Several_positives_are_held_against_the_best_possible_order()
    {
        var one = UserMetrics.Of(0, [2, 11, 1]);

        Assert.Equal((1 + (1 / Math.Log2(3))) / (1 + (1 / Math.Log2(3)) + 0.5), one.Ndcg, 12);
        Assert.Equal((1.0, 0.2, 2 / 3.0), (one.HitRate, one.Precision, one.Recall));
    }

    [Fact]
    public void The_newest_event_of_each_user_is_held_out_with_ties_by_line()
    {
        var builder = new DataSetBuilder("test");
        builder.Add("u", "late", 9, 1);
        builder.Add("u", "first", 1, 1);
        builder.Add("u", "later-line", 9, 1);
        builder.Add("single", "only", 5, 1);
        var data = builder.Build();

        var one = Assert.Single(ProtocolSplitter.Split(data, Protocol.LatestOut, 1).Cases);

        Assert.Equal("u", data.UserIds[one.User]);
        Assert.Equal(["later-line"], one.Positives.Select(item => data.ItemIds[item]));
        Assert.Equal(["first", "late"], one.History.Select(e => data.ItemIds[e.Item]));
        Assert.Equal(9, one.Cut);
    }

    [Fact]
    public void A_repeated_item_is_not_left_in_the_history_when_it_is_held_out()
    {
        var builder = new DataSetBuilder("test");
        builder.Add("u", "again", 1, 1);
        builder.Add("u", "other", 2, 1);
        builder.Add("u", "again", 3, 1);
        var data = builder.Build();

        var task = ProtocolSplitter.Split(data, Protocol.LatestOut, 1);

        Assert.Equal(["other"], task.Training[0].ToArray().Select(e => data.ItemIds[e.Item]));
    }
}
