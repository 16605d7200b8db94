using System.Globalization;

namespace MlKit.Recommendation.Evaluation;

/// <summary>A model answered NaN or infinity; such scores are never sorted.</summary>
public sealed class NonFiniteScoreException(int candidate, float score)
    : ArithmeticException(string.Create(
        CultureInfo.InvariantCulture, $"the score of candidate {candidate} is {score}; scores must be finite"));
