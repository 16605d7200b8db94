namespace MlKit.Feast;

/// <summary>What a skew check found.</summary>
/// <param name="Reads">Reads that were replayed.</param>
/// <param name="Values">Values that were compared.</param>
/// <param name="Differences">Values that the offline rows visible to the read do not explain, in order of the reads.</param>
/// <param name="LateValues">
/// Values that agree with what was visible, but for which the offline store by now knows a newer row from before the read:
/// it was materialized or pushed only afterwards.
/// </param>
/// <param name="MaxLateness">The longest time by which such a row came after a read; zero where there is none.</param>
public sealed record SkewReport(int Reads, int Values, IReadOnlyList<SkewDifference> Differences, int LateValues, TimeSpan MaxLateness)
{
    /// <summary>The first difference by time of the read, or null.</summary>
    public SkewDifference? First => Differences.Count > 0 ? Differences[0] : null;

    /// <inheritdoc/>
    public override string ToString() => First is { } first
        ? $"{Differences.Count} of {Values} values differ; the first: {first}"
        : $"{Values} values of {Reads} reads agree; {LateValues} of them were late, by {MaxLateness.TotalSeconds:0.###} s at most";
}
