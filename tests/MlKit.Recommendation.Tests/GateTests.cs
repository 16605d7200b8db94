using MlKit.Recommendation.Data;
using MlKit.Recommendation.Evaluation;
using MlKit.Recommendation.Gates;

namespace MlKit.Recommendation.Tests;

public sealed class GateTests
{
    private static readonly EvaluationTask Task = ProtocolSplitter.Split(
        SyntheticData.Generate(new SyntheticOptions { Users = 400, Items = 200 }), Protocol.LatestOut, 1);

    private static readonly IReadOnlyList<Slice> AllSlices = Slices.Of(Task);

    [Fact]
    public void A_good_candidate_passes_every_gate()
    {
        Assert.All(Judge(Good), report => Assert.True(report.Outcome.Passed, $"{report.Name}: {report.Outcome.Detail}"));
        Assert.Equal(7, Judge(Good).Count);
    }

    [Fact]
    public void A_regression_in_one_slice_is_refused_although_the_mean_is_better()
    {
        var slice = AllSlices.First(one => one.Name == "activity: heavy");
        var hurt = slice.Cases.ToHashSet();
        var champion = Results(at => at % 2 == 0 ? 3 : 20);
        var candidate = Results(at => hurt.Contains(at) ? 20 : 1);

        var report = Judge(Good with { Candidate = candidate, Champion = [.. champion.Users] }).Single(one => !one.Outcome.Passed);

        Assert.True(candidate.NdcgAt10 > champion.NdcgAt10);
        Assert.Equal("no slice worse than champion", report.Name);
        Assert.Contains("activity: heavy: ndcg@10 -", report.Outcome.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("all users", report.Outcome.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Differences_within_chance_are_no_regression()
    {
        var champion = Results(at => at % 3 == 0 ? 2 : 15);
        var candidate = Results(at => at % 3 == 1 ? 2 : 15);

        Assert.All(Judge(Good with { Candidate = candidate, Champion = [.. champion.Users] }), report => Assert.True(report.Outcome.Passed, report.Outcome.Detail));
    }

    [Fact]
    public void Of_many_retrained_models_that_are_as_good_as_the_champion_hardly_one_is_refused()
    {
        const int trainings = 40;
        var random = new Random(11);
        EvaluationResult Drawn() => Results(_ => random.Next(3) == 0 ? 1 + random.Next(10) : 30);

        var refused = Enumerable.Range(0, trainings).Count(_ => Judge(Good with { Candidate = Drawn(), Popularity = Results(_ => 30), Champion = [.. Drawn().Users] })
            .Any(report => !report.Outcome.Passed));

        Assert.InRange(refused, 0, 5);
    }

    [Theory]
    [InlineData("beats popularity")]
    [InlineData("scores finite")]
    [InlineData("ONNX equals trainer")]
    [InlineData("latency budget")]
    [InlineData("feature schema known")]
    [InlineData("no leak")]
    public void Each_gate_refuses_what_it_is_there_for(string gate)
    {
        var context = gate switch
        {
            "beats popularity" => Good with { Popularity = Good.Candidate },
            "scores finite" => Good with { NotFinite = "item 7 scores NaN" },
            "ONNX equals trainer" => Good with { RankingDifference = double.NaN },
            "latency budget" => Good with { LatencyMs = 101 },
            "feature schema known" => Good with { SchemaHash = "another" },
            _ => Good with { Leak = "feature event_count knows the future" },
        };

        var refused = Judge(context).Where(report => !report.Outcome.Passed).ToArray();

        Assert.Equal([gate], refused.Select(report => report.Name));
        Assert.NotEmpty(refused[0].Outcome.Detail);
    }

    [Fact]
    public void Own_gates_are_found_beside_the_default_ones()
    {
        var reports = GateRunner.Run(Good, typeof(DefaultGates), typeof(OwnGates));

        Assert.Equal((8, true), (reports.Count, reports.Single(report => report.Name == "at least a third").Outcome.Passed));
    }

    [Fact]
    public void A_marked_method_that_is_no_gate_is_named()
    {
        var error = Assert.Throws<ArgumentException>(() => GateRunner.Run(Good, typeof(BrokenGates)));

        Assert.Contains("BrokenGates.Wrong", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_interval_of_a_mean_holds_it_and_is_the_same_every_time()
    {
        double[] values = [.. Enumerable.Range(0, 500).Select(i => i % 5 == 0 ? 1.0 : 0)];

        var interval = Bootstrap.Mean(values);

        Assert.Equal(interval, Bootstrap.Mean(values));
        Assert.InRange(interval.Lower, 0.15, 0.2);
        Assert.InRange(interval.Upper, 0.2, 0.25);
    }

    [Fact]
    public void Slices_cover_all_users_by_activity_and_by_popularity()
    {
        foreach (var kind in new[] { "activity: ", "popularity: " })
        {
            var own = AllSlices.Where(slice => slice.Name.StartsWith(kind, StringComparison.Ordinal)).ToArray();
            Assert.Equal(Enumerable.Range(0, Task.Cases.Count), own.SelectMany(slice => slice.Cases).Order());
        }

        Assert.Contains(AllSlices, slice => slice.Name.StartsWith("genre: ", StringComparison.Ordinal));
    }

    private static GateContext Good { get; } = new()
    {
        Candidate = Results(at => at % 2 == 0 ? 1 : 30),
        Popularity = Results(at => at % 9 == 0 ? 1 : 30),
        Slices = AllSlices,
        RetrievalDifference = 1e-4,
        RankingDifference = 1e-7,
        LatencyMs = 3,
        LatencyBudgetMs = 100,
        SchemaHash = "known",
        KnownSchemas = ["known"],
    };

    private static EvaluationResult Results(Func<int, int> rank) =>
        new([.. Task.Cases.Select((one, at) => UserMetrics.Of(one.User, [rank(at)]))]);

    private static IReadOnlyList<GateReport> Judge(GateContext context) => GateRunner.Run(context, typeof(DefaultGates));

    private static class OwnGates
    {
        [PromotionGate("at least a third")]
        private static GateOutcome AtLeastAThird(GateContext context) => new(context.Candidate.HitRateAt10 > 1 / 3.0, $"{context.Candidate.HitRateAt10}");
    }

    private static class BrokenGates
    {
        [PromotionGate("wrong")]
        private static bool Wrong(GateContext context) => context.Leak is null;
    }
}
