using System.Text.Json.Nodes;

namespace Aspire.Hosting.Kubernetes.Checking.Rules;

/// <summary>Ingresses, routes and monitors lead to Services and ports that are there.</summary>
internal sealed class RouteRules : ManifestRule
{
    public override IEnumerable<Problem> Check(ManifestSet set)
    {
        foreach (var item in set.Objects)
        {
            var backends = item.Kind switch
            {
                "Ingress" => OfIngress(item),
                "HTTPRoute" or "GRPCRoute" => OfRoute(item),
                _ => [],
            };
            foreach (var (backend, path) in backends)
            {
                if (Problem(set, item, backend) is { } message)
                {
                    yield return Error(item, path, "dangling-route", message);
                }
            }

            if (item.Kind == "ServiceMonitor" && CheckMonitor(set, item) is { } problem)
            {
                yield return problem;
            }
        }
    }

    private static string? Problem(ManifestSet set, ManifestObject item, Backend backend)
    {
        if (set.Find(item, "Service", backend.Service) is not { } service)
        {
            return $"there is no Service \"{backend.Service}\"";
        }

        return Ports(service).Any(port => ManifestObject.Text(port, "name") == backend.Port
            || ManifestObject.Number(port, "port")?.ToString(System.Globalization.CultureInfo.InvariantCulture) == backend.Port)
            ? null
            : $"the Service \"{backend.Service}\" has no port \"{backend.Port}\"";
    }

    private static IEnumerable<(Backend, string Path)> OfIngress(ManifestObject ingress)
    {
        if (Of(ManifestObject.Map(ingress.Spec, "defaultBackend")) is { } fallback)
        {
            yield return (fallback, "spec.defaultBackend");
        }

        var rule = 0;
        foreach (var rules in ManifestObject.List(ingress.Spec, "rules"))
        {
            var rulePath = FieldPath.Of("spec.rules", rule++);
            var index = 0;
            foreach (var path in ManifestObject.List(ManifestObject.Map(rules, "http"), "paths"))
            {
                var field = FieldPath.Of($"{rulePath}.http.paths", index++);
                if (Of(ManifestObject.Map(path, "backend")) is { } backend)
                {
                    yield return (backend, $"{field}.backend");
                }
            }
        }
    }

    private static Backend? Of(JsonObject backend)
    {
        var service = ManifestObject.Map(backend, "service");
        var port = ManifestObject.Map(service, "port");
        var name = ManifestObject.Text(service, "name");
        return name.Length == 0 ? null : new Backend(name, ManifestObject.Text(port, "name") is { Length: > 0 } given ? given : port["number"]?.ToJsonString() ?? "");
    }

    private static IEnumerable<(Backend, string Path)> OfRoute(ManifestObject route)
    {
        var rule = 0;
        foreach (var rules in ManifestObject.List(route.Spec, "rules"))
        {
            var rulePath = FieldPath.Of("spec.rules", rule++);
            var index = 0;
            foreach (var backend in ManifestObject.List(rules, "backendRefs"))
            {
                var field = FieldPath.Of($"{rulePath}.backendRefs", index++);
                if (ManifestObject.Text(backend, "kind") is "" or "Service")
                {
                    yield return (new Backend(ManifestObject.Text(backend, "name"), backend["port"]?.ToJsonString() ?? ""), field);
                }
            }
        }
    }

    private static Problem? CheckMonitor(ManifestSet set, ManifestObject monitor)
    {
        var selector = ManifestObject.Map(monitor.Spec, "selector");
        var services = set.OfKind("Service").Where(service => service.IsInNamespaceOf(monitor)
            && LabelSelector.Takes(selector, ManifestObject.Map(ManifestObject.Map(service.Tree, "metadata"), "labels"))).ToList();
        if (services.Count == 0)
        {
            return Error(monitor, "spec.selector", "dangling-monitor", "selects no Service here");
        }

        var names = services.SelectMany(Ports).Select(port => ManifestObject.Text(port, "name")).ToHashSet(StringComparer.Ordinal);
        var missing = ManifestObject.List(monitor.Spec, "endpoints").Select(endpoint => ManifestObject.Text(endpoint, "port"))
            .FirstOrDefault(port => port.Length > 0 && !names.Contains(port));
        return missing is null ? null : Error(monitor, "spec.endpoints", "dangling-monitor", $"no selected Service has a port named \"{missing}\"");
    }

    private static IEnumerable<JsonObject> Ports(ManifestObject service) => ManifestObject.List(service.Spec, "ports");

    private sealed record Backend(string Service, string Port);
}
