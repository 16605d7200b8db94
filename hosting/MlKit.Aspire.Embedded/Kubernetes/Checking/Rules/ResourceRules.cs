using System.Text.Json.Nodes;

namespace Aspire.Hosting.Kubernetes.Checking.Rules;

/// <summary>Requests do not exceed limits; accelerators are whole numbers whose request is their limit.</summary>
internal sealed class ResourceRules : ManifestRule
{
    public override IEnumerable<Problem> Check(ManifestSet set) =>
        set.Workloads.SelectMany(item => item.Containers.SelectMany(entry => Check(item, entry.Container, FieldPath.Of(entry.Path, "resources"))));

    private static IEnumerable<Problem> Check(ManifestObject item, JsonObject container, string path)
    {
        var resources = ManifestObject.Map(container, "resources");
        var requests = ManifestObject.Map(resources, "requests");
        var limits = ManifestObject.Map(resources, "limits");
        foreach (var name in requests.Select(entry => entry.Key).Union(limits.Select(entry => entry.Key), StringComparer.Ordinal))
        {
            var (request, limit) = (Quantity.Parse(requests[name]), Quantity.Parse(limits[name]));
            var field = FieldPath.Of($"{path}.{(request is null ? "limits" : "requests")}", name);
            if (request > limit)
            {
                yield return Error(item, field, "requests-above-limits", $"the request {requests[name]} is above the limit {limits[name]}");
            }

            // Whatever has a domain in its name is handed out by a device plugin.
            if (name.Contains('/', StringComparison.Ordinal) && !name.StartsWith("hugepages-", StringComparison.Ordinal))
            {
                if ((request ?? limit) is { } amount && decimal.Truncate(amount) != amount)
                {
                    yield return Error(item, field, "extended-resource", $"{name} is handed out in whole numbers, not {requests[name] ?? limits[name]}");
                }

                if (limit is null || (request is not null && request != limit))
                {
                    yield return Error(item, field, "extended-resource", $"{name} needs a limit that equals the request");
                }
            }
        }
    }
}
