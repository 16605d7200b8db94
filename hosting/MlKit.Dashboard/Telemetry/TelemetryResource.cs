namespace MlKit.Dashboard.Telemetry;

/// <summary>A process that sent telemetry: <c>service.name</c> and <c>service.instance.id</c> of its OTLP resource.</summary>
/// <param name="Name">The service's name, which is the resource's name in the AppHost.</param>
/// <param name="InstanceId">Tells replicas apart; may be empty.</param>
/// <param name="Index">Counts from 0 in the order of arrival; the colour follows it.</param>
public sealed record TelemetryResource(string Name, string InstanceId, int Index);
