namespace MlKit.Recommendation.Evaluation;

/// <summary>Confidence intervals by drawing users with replacement; the same seed gives the same interval.</summary>
public static class Bootstrap
{
    /// <summary>The mean of some values. For two models give the differences per user: that is the paired bootstrap.</summary>
    /// <param name="values">One value per user.</param>
    /// <param name="seed">Seed of the draws.</param>
    /// <param name="confidence">Share of the draws that lie in the interval, above 0 and below 1.</param>
    /// <param name="draws">Number of draws; several must lie outside the interval for its ends to mean something.</param>
    public static Interval Mean(IReadOnlyList<double> values, int seed = 1, double confidence = 0.95, int draws = 1_000)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(draws);
        var tail = (1 - confidence) / 2;
        if (values.Count == 0)
        {
            return new Interval(0, 0, 0);
        }

        var random = new Random(seed);
        var means = new double[draws];
        for (var draw = 0; draw < draws; draw++)
        {
            var sum = 0.0;
            for (var i = 0; i < values.Count; i++)
            {
                sum += values[random.Next(values.Count)];
            }

            means[draw] = sum / values.Count;
        }

        Array.Sort(means);
        return new Interval(values.Average(), means[(int)(draws * tail)], means[Math.Max(0, (int)(draws * (1 - tail)) - 1)]);
    }
}
