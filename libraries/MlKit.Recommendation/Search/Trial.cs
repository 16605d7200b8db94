namespace MlKit.Recommendation.Search;

/// <summary>One point of a search and what came of it.</summary>
/// <param name="Number">From 0.</param>
/// <param name="Values">The point: a value by name of the parameter.</param>
/// <param name="Scores">Score by budget, smallest budget first; a trial that was stopped early lacks the larger budgets.</param>
public sealed record Trial(int Number, IReadOnlyDictionary<string, double> Values, IReadOnlyList<BudgetScore> Scores)
{
    /// <summary>What the trial reached with its largest budget.</summary>
    public double Score => Scores.Count == 0 ? double.NegativeInfinity : Scores[^1].Score;
}
