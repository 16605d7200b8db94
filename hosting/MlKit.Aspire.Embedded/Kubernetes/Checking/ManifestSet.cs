using System.Text.Json.Nodes;

namespace Aspire.Hosting.Kubernetes.Checking;

/// <summary>All objects that are installed together.</summary>
internal sealed class ManifestSet(IReadOnlyList<ManifestObject> objects)
{
    public IReadOnlyList<ManifestObject> Objects { get; } = objects;

    /// <summary>What makes pods.</summary>
    public IEnumerable<ManifestObject> Workloads => Objects.Where(item => item.Template is not null);

    public IEnumerable<ManifestObject> OfKind(string kind) => Objects.Where(item => item.Kind == kind);

    /// <summary>The object of a kind and name in the namespace of another.</summary>
    public ManifestObject? Find(ManifestObject neighbour, string kind, string name) =>
        Objects.FirstOrDefault(item => item.Kind == kind && item.Name == name && item.IsInNamespaceOf(neighbour));

    /// <summary>The workloads in the namespace of an object whose pods a selector takes.</summary>
    public List<ManifestObject> Selected(ManifestObject by, JsonObject selector) =>
        [.. Workloads.Where(item => item.IsInNamespaceOf(by) && LabelSelector.Takes(selector, item.PodLabels))];
}
