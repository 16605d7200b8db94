namespace MlKit.Mlflow;

/// <summary>One point of a metric. Every point is kept; a point that is there already is not stored again.</summary>
/// <param name="Key">At most 250 characters.</param>
/// <param name="Value">Any double, NaN included.</param>
/// <param name="Timestamp">Unix milliseconds.</param>
/// <param name="Step">The training step, 0 where there is none.</param>
public sealed record Metric(string Key, double Value, long Timestamp, long Step = 0)
{
    /// <summary>The logged model that the point belongs to as well, or null.</summary>
    public string? ModelId { get; init; }

    /// <summary>The data set that it was measured on, or null.</summary>
    public string? DatasetName { get; init; }

    /// <summary>The digest of that data set, or null.</summary>
    public string? DatasetDigest { get; init; }
}
