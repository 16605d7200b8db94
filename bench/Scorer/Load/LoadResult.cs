namespace MlKit.Bench.Scorer.Load;

/// <summary>What a load generator saw.</summary>
/// <param name="Good">Answers of status 200.</param>
/// <param name="Refused">Other answers.</param>
/// <param name="Seconds">Time that the load took.</param>
/// <param name="Latencies">Milliseconds of each good answer, sorted.</param>
internal sealed record LoadResult(int Good, int Refused, double Seconds, double[] Latencies)
{
    public double PerSecond => Good / Seconds;

    public double P50 => Percentile(0.5);

    public double P99 => Percentile(0.99);

    private double Percentile(double share) => Latencies.Length == 0 ? double.NaN : Latencies[(int)(share * (Latencies.Length - 1))];
}
