using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Kubernetes;
using Aspire.Hosting.Kubernetes.Resources;

namespace MlKit.Hosting.Kubernetes;

/// <summary>What scrapes a resource, the alerts about it, and its dashboard.</summary>
internal static class MonitoringMapping
{
    private const string When = ".Values.monitoring.enabled";
    private const string Port = "http";

    public static void Apply(IResource resource, KubernetesResource objects)
    {
        if (resource.Annotations.OfType<MonitoringAnnotation>().LastOrDefault() is not { } monitoring)
        {
            return;
        }

        var workload = objects.Workload!.Metadata.Name;
        if (resource.Annotations.OfType<TrainingJobAnnotation>().LastOrDefault() is { } job)
        {
            Add(objects, Rule(resource, workload, AlertQueries.OfJob(resource, workload, job.Schedule, monitoring.Objectives)));
            return;
        }

        var service = objects.Service;
        if (service is null || !service.Spec.Ports.Exists(port => port.Name == Port))
        {
            throw Refusal.Of(resource, "WithMonitoring()", "the resource needs an endpoint named http that serves /metrics, see WithHttpEndpoint");
        }

        Add(objects, Monitor(workload, service));
        Add(objects, Rule(resource, workload, AlertQueries.OfService(resource, service.Metadata.Name, workload, monitoring.Objectives)));
        Add(objects, DashboardOf(resource, service));
    }

    private static void Add(KubernetesResource objects, BaseKubernetesResource item)
    {
        item.OnlyWhen(When);
        objects.AdditionalResources.Add(item.Because("WithMonitoring"));
    }

    private static CustomResource Monitor(string name, Service service) => new("monitoring.coreos.com/v1", "ServiceMonitor")
    {
        Metadata = { Name = name },
        Spec =
        {
            ["selector"] = new LabelSelectorV1(new(service.Spec.Selector, StringComparer.Ordinal)),
            ["endpoints"] = new object[]
            {
                new Dictionary<string, object> { ["port"] = Port, ["path"] = "/metrics", ["interval"] = "30s" },
            },
        },
    };

    private static CustomResource Rule(IResource resource, string name, IEnumerable<Alert> alerts) => new("monitoring.coreos.com/v1", "PrometheusRule")
    {
        Metadata = { Name = name },
        Spec =
        {
            ["groups"] = new object[]
            {
                new Dictionary<string, object>
                {
                    ["name"] = name,
                    ["rules"] = alerts.Select(alert => Rule(resource, alert)).ToArray(),
                },
            },
        },
    };

    private static object Rule(IResource resource, Alert alert) => new Dictionary<string, object>
    {
        ["alert"] = alert.Name,
        ["expr"] = alert.Query,
        ["for"] = alert.For,
        ["labels"] = new Dictionary<string, object> { ["severity"] = alert.Severity, ["resource"] = resource.Name },
        ["annotations"] = new Dictionary<string, object>
        {
            ["summary"] = alert.Summary,
            ["description"] = $"{alert.Summary}: now {{{{ \"{{{{\" }}}} $value | humanize }}}}.",
            ["runbook_url"] = $"{{{{ .Values.monitoring.runbooks }}}}#{alert.Name.ToLowerInvariant()}",
        },
    };

    private static ConfigMap DashboardOf(IResource resource, Service service)
    {
        var map = new ConfigMap { Metadata = { Name = $"{service.Metadata.Name}-dashboard" } };
        map.Metadata.Labels["grafana_dashboard"] = "1";
        map.Data[$"{resource.Name}.json"] = Dashboard.Create(resource.Name, service.Metadata.Name, Panels(resource));
        return map;
    }

    private static IEnumerable<(string Title, string Unit, string Query)> Panels(IResource resource)
    {
        if (resource.Annotations.OfType<ModelAnnotation>().Any())
        {
            yield return ("Waiting requests", "short", $"sum by (model) (mlkit_scorer_queue_length{{{Dashboard.Own}}})");
            yield return ("Inferences", "ops", $"sum by (model) (rate(nv_inference_count{{{Dashboard.Own}}}[5m]))");
        }

        if (resource is IFeastResource)
        {
            yield return ("Age of the newest features", "s", $"max(feast_feature_freshness_seconds{{{Dashboard.Own}}})");
            yield return ("Values by status", "ops", $"sum by (status) (rate(feast_online_features_status_total{{{Dashboard.Own}}}[5m]))");
        }
    }
}
