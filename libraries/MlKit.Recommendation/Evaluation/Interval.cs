namespace MlKit.Recommendation.Evaluation;

/// <summary>A mean with the bounds of its 95 % confidence interval.</summary>
public readonly record struct Interval(double Mean, double Lower, double Upper);
