using MlKit.Dashboard.Telemetry;
using OtlpResource = OpenTelemetry.Proto.Resource.V1.Resource;

namespace MlKit.Dashboard.Otlp;

/// <summary>Finds out who sent a batch.</summary>
internal sealed class OtlpResources(ResourceRegistry registry, OtlpAttributes attributes)
{
    private const string UnknownService = "unknown_service";

    /// <summary>The sender by <c>service.name</c> and <c>service.instance.id</c>; null when there are too many senders.</summary>
    public TelemetryResource? Resolve(OtlpResource? resource)
    {
        var name = resource is null ? null : attributes.Find(resource.Attributes, "service.name");
        var instance = resource is null ? null : attributes.Find(resource.Attributes, "service.instance.id");
        return registry.GetOrAdd(string.IsNullOrWhiteSpace(name) ? UnknownService : name, instance ?? "");
    }
}
