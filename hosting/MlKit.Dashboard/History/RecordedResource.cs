namespace MlKit.Dashboard.History;

/// <summary>A resource as the host told it last.</summary>
/// <param name="Id">Names the replica.</param>
/// <param name="RunningAt">When it ran first.</param>
/// <param name="HealthyAt">When it was healthy first.</param>
/// <param name="Payload">The host's message.</param>
internal sealed record RecordedResource(string Id, DateTimeOffset? RunningAt, DateTimeOffset? HealthyAt, byte[] Payload);
