namespace MlKit.Hosting;

/// <summary>What is promised of a service; an alert fires where it does not hold.</summary>
public sealed class ServiceObjectives
{
    /// <summary>99 of 100 requests are answered within this time; half a second by default.</summary>
    public TimeSpan Latency { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>At most this share of the requests fails with a status of 500 or above, above 0 and below 1; 1 % by default.</summary>
    public double ErrorRate { get; set; } = 0.01;

    /// <summary>
    /// Features are at most this old (<c>feast_feature_freshness_seconds</c>), for a feature server; null for no such promise.
    /// </summary>
    public TimeSpan? FeatureAge { get; set; }

    /// <summary>
    /// The share of feature values that are missing grows at most by this much against the same time a day before, above 0
    /// and below 1, for a feature server; null for no such promise.
    /// </summary>
    public double? FeatureDrift { get; set; }

    /// <summary>The worker has succeeded within this time, for a scheduled job; two days by default.</summary>
    public TimeSpan JobInterval { get; set; } = TimeSpan.FromDays(2);
}
