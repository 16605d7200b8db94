using CsCheck;
using MlKit.Recommendation.Search;

namespace MlKit.Recommendation.Tests;

public sealed class SearchTests
{
    private static readonly SearchSpace Space = new(
    [
        new SearchDimension("leaves", 7, 63, IsLog: true, IsWhole: true),
        new SearchDimension("rate", 0.02, 0.15, IsLog: true),
        new SearchDimension("share", -1, 1),
    ]);

    [Fact]
    public void Points_lie_in_the_space_and_depend_on_seed_and_number_alone()
    {
        Gen.Select(Gen.Int, Gen.Int[0, 10_000]).Sample((seed, trial) =>
        {
            var point = Space.Draw(seed, trial);

            Assert.InRange(point["leaves"], 7, 63);
            Assert.Equal(Math.Round(point["leaves"]), point["leaves"]);
            Assert.InRange(point["rate"], 0.02, 0.15);
            Assert.InRange(point["share"], -1, 1);
            Assert.Equal(point, Space.Draw(seed, trial));
        }, iter: 2_000, seed: "0000KDXp3Mn1");

        var drawn = Enumerable.Range(0, 1_000).Select(trial => Space.Draw(1, trial)).ToArray();
        Assert.Equal(1_000, drawn.Select(point => point["rate"]).Distinct().Count());
        Assert.NotEqual(Space.Draw(1, 0)["rate"], Space.Draw(2, 0)["rate"]);

        // Evenly by the logarithm: half of the points lie below the geometric mean of the bounds.
        Assert.InRange(drawn.Count(point => point["rate"] < Math.Sqrt(0.02 * 0.15)), 420, 580);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(-1, 1)]
    [InlineData(double.NaN, 1)]
    public void Bounds_that_are_no_range_are_named(double least, double most)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => new SearchDimension("rate", least, most, IsLog: true).At(0.5));

        Assert.Contains("dimension 'rate'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, new[] { 200 })]
    [InlineData(2, new[] { 200 })]
    [InlineData(6, new[] { 66, 200 })]
    [InlineData(18, new[] { 22, 66, 200 })]
    public void The_budgets_grow_threefold_to_the_largest(int trials, int[] budgets) =>
        Assert.Equal(budgets, SuccessiveHalving.Budgets(trials, 200));

    [Fact]
    public void The_better_third_goes_on_and_the_best_point_wins()
    {
        Gen.Double[0, 1].Array[1, 40].Sample(quality =>
        {
            var asked = new System.Collections.Concurrent.ConcurrentBag<(int Point, int Budget)>();

            var trials = SuccessiveHalving.Run(Points(quality.Length), 200, (point, budget) =>
            {
                asked.Add((point, budget));
                return quality[point] * budget;
            }, TestContext.Current.CancellationToken);

            Assert.Equal(Array.IndexOf(quality, quality.Max()), SuccessiveHalving.Best(trials).Number);
            Assert.Equal(asked.Count, trials.Sum(trial => trial.Scores.Count));
            var rounds = SuccessiveHalving.Budgets(quality.Length, 200).Select(budget => asked.Count(one => one.Budget == budget)).ToArray();
            Assert.Equal(quality.Length, rounds[0]);
            Assert.All(rounds.Zip(rounds.Skip(1)), pair => Assert.InRange(pair.Second, 2, Math.Max(2, (pair.First + 2) / 3)));
        }, iter: 300, threads: 1, seed: "0000KDXp3Mn1");
    }

    [Fact]
    public void Equal_scores_prefer_the_lower_number_and_NaN_never_wins()
    {
        var equal = SuccessiveHalving.Run(Points(9), 90, (_, _) => 0.5, TestContext.Current.CancellationToken);
        var broken = SuccessiveHalving.Run(Points(9), 90, (point, _) => point == 7 ? 0.1 : double.NaN, TestContext.Current.CancellationToken);

        Assert.Equal(0, SuccessiveHalving.Best(equal).Number);
        Assert.Equal(7, SuccessiveHalving.Best(broken).Number);
    }

    private static IReadOnlyList<IReadOnlyDictionary<string, double>> Points(int count) => [.. Enumerable.Range(0, count).Select(trial => Space.Draw(1, trial))];
}
