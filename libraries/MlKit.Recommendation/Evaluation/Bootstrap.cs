namespace MlKit.Recommendation.Evaluation;

/// <summary>Confidence intervals by drawing users with replacement; the same seed gives the same interval.</summary>
public static class Bootstrap
{
    private const int Draws = 1_000;
    private const double Tail = 0.025;

    /// <summary>The mean of some values. For two models give the differences per user: that is the paired bootstrap.</summary>
    public static Interval Mean(IReadOnlyList<double> values, int seed = 1)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Count == 0)
        {
            return new Interval(0, 0, 0);
        }

        var random = new Random(seed);
        var means = new double[Draws];
        for (var draw = 0; draw < Draws; draw++)
        {
            var sum = 0.0;
            for (var i = 0; i < values.Count; i++)
            {
                sum += values[random.Next(values.Count)];
            }

            means[draw] = sum / values.Count;
        }

        Array.Sort(means);
        return new Interval(values.Average(), means[(int)(Draws * Tail)], means[(int)(Draws * (1 - Tail)) - 1]);
    }
}
