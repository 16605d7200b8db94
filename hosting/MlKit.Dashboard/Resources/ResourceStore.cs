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
    public void Apply(bool isSnapshot, IEnumerable<ResourceSnapshot> upserted, IEnumerable<string> removedIds)
    {
        lock (_lock)
        {
            if (isSnapshot)
            {
                _resources.Clear();
            }

            foreach (var resource in upserted)
            {
                _resources[resource.Id] = resource;
            }

            foreach (var id in removedIds)
            {
                _resources.Remove(id);
            }

            _sorted = Sort();
        }

        Changes.Raise();
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
