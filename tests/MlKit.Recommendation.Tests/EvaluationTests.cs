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
        Assert.Equal(1, RankingMetrics.Rank([9, 8, 1], 2, item => item == 2));
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
        var result = EvaluationResult.Of([1, 3, 11, int.MaxValue]);

        Assert.Equal(0.5, result.HitRateAt10);
        Assert.Equal((1 + 0.5) / 4, result.NdcgAt10, 12);
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

        var split = LatestOut.Split(UserHistories.Of(data));

        Assert.Equal(1, split.Users);
        Assert.Equal("later-line", data.ItemIds[split.Positives[Array.IndexOf(data.UserIds, "u")]]);
        Assert.Equal(2, split.Training[Array.IndexOf(data.UserIds, "u")].Length);
        Assert.Equal(-1, split.Positives[Array.IndexOf(data.UserIds, "single")]);
    }

    [Fact]
    public void A_repeated_item_is_not_left_in_the_history_when_it_is_held_out()
    {
        var builder = new DataSetBuilder("test");
        builder.Add("u", "again", 1, 1);
        builder.Add("u", "other", 2, 1);
        builder.Add("u", "again", 3, 1);
        var data = builder.Build();

        var split = LatestOut.Split(UserHistories.Of(data));

        Assert.Equal(["other"], split.Training[0].ToArray().Select(e => data.ItemIds[e.Item]));
    }

    [Theory]
    [InlineData(0.2, 0.1, 0.2, 0.1, true)]
    [InlineData(0.1, 0.05, null, null, false)]
    [InlineData(0.05, 0.02, null, null, false)]
    [InlineData(double.NaN, 0.1, null, null, false)]
    [InlineData(0.199, 0.0995, 0.2, 0.1, true)]
    [InlineData(0.19, 0.1, 0.2, 0.1, false)]
    public void The_gate_wants_more_than_popularity_and_no_less_than_the_champion(
        double hits, double ndcg, double? championHits, double? championNdcg, bool passes)
    {
        var champion = championHits is { } h && championNdcg is { } n ? new EvaluationResult(100, h, n) : null;

        var decision = PromotionGate.Check(new EvaluationResult(100, hits, ndcg), new EvaluationResult(100, 0.1, 0.05), champion);

        Assert.Equal(passes, decision.Passed);
        Assert.Equal(!passes, decision.Reasons.Count > 0);
    }
}
