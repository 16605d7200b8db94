namespace MlKit.Recommendation.Search;

/// <summary>
/// Successive halving (Jamieson and Talwalkar, AISTATS 2016): all points are tried with a small budget, the better ones go
/// on with a larger one, until the best are left with the largest.
/// </summary>
public static class SuccessiveHalving
{
    /// <summary>Each round keeps one in so many trials and gives them so many times the budget.</summary>
    public const int Factor = 3;

    /// <summary>
    /// The budgets of the rounds for a number of trials: the last is <paramref name="most"/>, and two trials reach it. Two
    /// trials or fewer have a single round, which is a plain random search.
    /// </summary>
    public static IReadOnlyList<int> Budgets(int trials, int most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        var budgets = new List<int> { most };
        for (var left = 2; left < trials && budgets[0] / Factor >= 1; left *= Factor)
        {
            budgets.Insert(0, budgets[0] / Factor);
        }

        return budgets;
    }

    /// <summary>Runs the search.</summary>
    /// <param name="points">The points.</param>
    /// <param name="most">The largest budget.</param>
    /// <param name="evaluate">
    /// The score of a point (by number) with a budget; called side by side for the points of a round, and expected to give
    /// the same score for the same question. NaN counts as the worst.
    /// </param>
    /// <param name="cancellationToken">Stops between evaluations.</param>
    /// <returns>All trials, in the order of the points.</returns>
    public static IReadOnlyList<Trial> Run(
        IReadOnlyList<IReadOnlyDictionary<string, double>> points, int most, Func<int, int, double> evaluate, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(points);
        ArgumentNullException.ThrowIfNull(evaluate);
        var scores = points.Select(_ => new List<BudgetScore>()).ToArray();
        int[] left = [.. Enumerable.Range(0, points.Count)];
        var budgets = Budgets(points.Count, most);
        for (var round = 0; round < budgets.Count; round++)
        {
            var budget = budgets[round];
            var options = new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Environment.ProcessorCount };
            Parallel.ForEach(left, options, point =>
            {
                var score = evaluate(point, budget);
                scores[point].Add(new BudgetScore(budget, double.IsNaN(score) ? double.NegativeInfinity : score));
            });

            // Equal scores prefer the lower number, so that the order of the threads decides nothing.
            var keep = round + 1 < budgets.Count ? Math.Max(2, (left.Length + Factor - 1) / Factor) : left.Length;
            left = [.. left.OrderByDescending(point => scores[point][^1].Score).ThenBy(point => point).Take(keep).Order()];
        }

        return [.. points.Select((point, number) => new Trial(number, point, scores[number]))];
    }

    /// <summary>The trial with the best score among those that got the largest budget.</summary>
    public static Trial Best(IReadOnlyList<Trial> trials)
    {
        ArgumentNullException.ThrowIfNull(trials);
        var most = trials.Max(trial => trial.Scores.Count);
        return trials.Where(trial => trial.Scores.Count == most).OrderByDescending(trial => trial.Score).ThenBy(trial => trial.Number).First();
    }
}
