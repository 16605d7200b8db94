namespace MlKit.Recommendation.Search;

/// <summary>What a trial reached with a budget.</summary>
/// <param name="Budget">How much the trial was allowed, such as a number of trees.</param>
/// <param name="Score">How good it was; larger is better.</param>
public readonly record struct BudgetScore(int Budget, double Score);
