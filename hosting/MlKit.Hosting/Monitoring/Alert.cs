namespace MlKit.Hosting;

/// <summary>One alert about a resource.</summary>
/// <param name="Name">The kind of alert, which is also the heading of its runbook.</param>
/// <param name="Query">What Prometheus evaluates.</param>
/// <param name="For">How long it must hold, in Prometheus' form.</param>
/// <param name="Severity"><c>critical</c> wakes somebody, <c>warning</c> waits for the morning.</param>
/// <param name="Summary">What is wrong, in one sentence.</param>
internal sealed record Alert(string Name, string Query, string For, string Severity, string Summary);
