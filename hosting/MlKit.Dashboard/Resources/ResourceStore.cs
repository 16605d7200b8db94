using MlKit.Dashboard.Telemetry;

namespace MlKit.Dashboard.Resources;

/// <summary>The host's resources as they are now.</summary>
internal sealed class ResourceStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, ResourceSnapshot> _resources = [];
    private IReadOnlyList<ResourceSnapshot> _sorted = [];

    /// <summary>Raised after each update.</summary>
    public ChangeSignal Changes { get; } = new();

    /// <summary>All resources, sorted by name; hidden ones too.</summary>
    public IReadOnlyList<ResourceSnapshot> All
    {
        get
        {
            lock (_lock)
            {
                return _sorted;
            }
        }
    }

    /// <summary>Takes over an update: the whole list, or what changed.</summary>
    public void Apply(bool isSnapshot, IEnumerable<ResourceSnapshot> upserted, IEnumerable<string> removedIds, DateTimeOffset now)
    {
        lock (_lock)
        {
            var before = isSnapshot ? new Dictionary<string, ResourceSnapshot>(_resources) : _resources;
            if (isSnapshot)
            {
                _resources.Clear();
            }

            foreach (var resource in upserted)
            {
                _resources[resource.Id] = WithMilestones(resource, before.GetValueOrDefault(resource.Id), now);
            }

            foreach (var id in removedIds)
            {
                _resources.Remove(id);
            }

            _sorted = Sort();
        }

        Changes.Raise();
    }

    /// <summary>Takes over what a past run ended with.</summary>
    public void Restore(IEnumerable<ResourceSnapshot> resources)
    {
        lock (_lock)
        {
            foreach (var resource in resources)
            {
                _resources[resource.Id] = resource;
            }

            _sorted = Sort();
        }
    }

    private static ResourceSnapshot WithMilestones(ResourceSnapshot resource, ResourceSnapshot? before, DateTimeOffset now)
    {
        var runs = resource.State is "Running" or "Finished" or "Active";
        var running = before?.FirstRunningAt ?? (runs ? resource.StartedAt ?? now : null);
        var isHealthy = runs && (resource.Health == "Healthy" || (resource.Health.Length == 0 && resource.HealthReports.Count == 0));
        var healthy = before?.FirstHealthyAt ?? (isHealthy ? resource.HealthReports.Count == 0 ? running : now : null);
        return resource with { FirstRunningAt = running, FirstHealthyAt = healthy };
    }

    private List<ResourceSnapshot> Sort()
    {
        var replicated = _resources.Values.CountBy(resource => resource.Name).Where(pair => pair.Value > 1).Select(pair => pair.Key).ToHashSet();
        return
        [
            .. _resources.Values
                .Select(resource => resource with { DisplayName = replicated.Contains(resource.Name) ? resource.Id : resource.Name })
                .OrderBy(resource => resource.DisplayName, StringComparer.OrdinalIgnoreCase),
        ];
    }
}
