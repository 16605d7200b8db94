namespace MlKit.Mlflow;

/// <summary>One point of a thinned out history.</summary>
/// <param name="RunId">The run that logged it.</param>
/// <param name="Key">The metric.</param>
/// <param name="Value">Its value.</param>
/// <param name="Timestamp">Unix milliseconds.</param>
/// <param name="Step">The training step.</param>
public sealed record SampledMetric(string RunId, string Key, double Value, long Timestamp, long Step);
