using MlKit.Dashboard.Configuration;

namespace MlKit.Dashboard.Telemetry;

/// <summary>The processes that sent telemetry, one entry per service name and instance.</summary>
internal sealed class ResourceRegistry(TelemetryLimits limits)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Name, string Instance), TelemetryResource> _resources = [];

    /// <summary>The entry for a service instance; null when there are too many to take another.</summary>
    public TelemetryResource? GetOrAdd(string name, string instanceId)
    {
        lock (_lock)
        {
            if (_resources.TryGetValue((name, instanceId), out var known))
            {
                return known;
            }

            if (_resources.Count >= limits.MaxResourceCount)
            {
                return null;
            }

            // Replicas of one service share its colour.
            var index = _resources.Values.FirstOrDefault(resource => resource.Name == name)?.Index
                ?? _resources.Values.Select(resource => resource.Name).Distinct().Count();
            return _resources[(name, instanceId)] = new TelemetryResource(name, instanceId, index);
        }
    }

    /// <summary>The names of all services, sorted.</summary>
    public IReadOnlyList<string> Names()
    {
        lock (_lock)
        {
            return [.. _resources.Values.Select(resource => resource.Name).Distinct().Order(StringComparer.OrdinalIgnoreCase)];
        }
    }
}
