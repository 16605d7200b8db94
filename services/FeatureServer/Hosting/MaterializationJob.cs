namespace MlKit.FeatureServer.Hosting;

/// <summary>What a client wants materialized.</summary>
/// <param name="Start">Begin of the window; null: from where each view's last run ended.</param>
/// <param name="End">End of the window.</param>
/// <param name="Views">Names of views; null: all that are online.</param>
internal sealed record MaterializationJob(DateTimeOffset? Start, DateTimeOffset End, IReadOnlyList<string>? Views);
