using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Kubernetes;
using Aspire.Hosting.Kubernetes.Resources;

namespace MlKit.Hosting.Kubernetes;

/// <summary>The autoscaler of a workload, and KEDA's in its place where it may scale to zero.</summary>
internal static class AutoscalerMapping
{
    /// <summary>The metric of prometheus-adapter with the requests per second of a pod; see <c>deploy/cluster</c>.</summary>
    public const string RequestsMetric = "http_requests_per_second";

    /// <summary>The metric with the requests that wait in a pod.</summary>
    public const string QueueMetric = "nv_inference_pending_request_count";

    public static void Apply(IResource resource, AutoscalingAnnotation scaling, KubernetesResource objects)
    {
        var workload = objects.Workload!;
        SetReplicas(workload, scaling.Min);
        objects.AdditionalResources.Add(Create(scaling, workload).Because($"WithAutoscaling(min: {scaling.Min}, max: {scaling.Max})"));
        if (resource.Annotations.OfType<ScaleToZeroAnnotation>().LastOrDefault() is { } toZero)
        {
            objects.AdditionalResources.Add(ScaledObject(scaling, toZero, workload).Because("WithScaleToZero"));
        }
    }

    private static HorizontalPodAutoscalerV2 Create(AutoscalingAnnotation scaling, Workload workload)
    {
        var autoscaler = new HorizontalPodAutoscalerV2
        {
            Metadata = { Name = workload.Metadata.Name },
            Spec =
            {
                ScaleTargetRef = { ApiVersion = workload.ApiVersion, Kind = workload.Kind, Name = workload.Metadata.Name, Metadata = null! },
                MinReplicas = scaling.Min,
                MaxReplicas = scaling.Max,
                Metrics = { CpuMetric(scaling.Cpu) },
            },
        };
        if (scaling.Min == 1)
        {
            // One pod while there is little to do is what the author asked for.
            autoscaler.Metadata.Annotations["kube-score/ignore"] = "horizontalpodautoscaler-replicas";
        }

        Set(autoscaler.Spec.Behavior.ScaleUp, scaling.ScaleUp);
        Set(autoscaler.Spec.Behavior.ScaleDown, scaling.ScaleDown);
        if (scaling.RequestsPerSecond is { } requests)
        {
            autoscaler.Spec.Metrics.Add(PodMetric(RequestsMetric, requests));
        }

        if (scaling.QueueDepth is { } depth)
        {
            autoscaler.Spec.Metrics.Add(PodMetric(QueueMetric, depth));
        }

        return autoscaler;
    }

    private static void SetReplicas(Workload workload, int replicas)
    {
        switch (workload)
        {
            case Deployment deployment:
                deployment.Spec.Replicas = replicas;
                break;
            case StatefulSet set:
                set.Spec.Replicas = replicas;
                break;
        }
    }

    // The members that do not belong to the type are taken away: a publisher may write them as empty objects.
    private static MetricSpecV2 CpuMetric(int percent) => new()
    {
        Type = "Resource",
        Resource = { Name = "cpu", Target = { Type = "Utilization", AverageUtilization = percent } },
        ContainerResource = null!,
        External = null!,
        Object = null!,
        Pods = null!,
    };

    private static MetricSpecV2 PodMetric(string name, double target) => new()
    {
        Type = "Pods",
        Pods = { Metric = { Name = name, Selector = null! }, Target = { Type = "AverageValue", AverageValue = Quantity(target) } },
        ContainerResource = null!,
        External = null!,
        Object = null!,
        Resource = null!,
    };

    // A quantity has no decimal point below a thousandth.
    private static string Quantity(double value) => value % 1 == 0
        ? value.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{Math.Max(1, Math.Round(value * 1000))}m");

    private static void Set(HpaScalingRulesV2 rules, ScalePolicy policy)
    {
        rules.StabilizationWindowSeconds = policy.WindowSeconds;
        rules.SelectPolicy = "Max";
        if (policy.Percent is { } percent)
        {
            rules.Policies.Add(new HpaScalingPolicyV2 { Type = "Percent", Value = percent, PeriodSeconds = policy.PeriodSeconds });
        }

        if (policy.Pods is { } pods)
        {
            rules.Policies.Add(new HpaScalingPolicyV2 { Type = "Pods", Value = pods, PeriodSeconds = policy.PeriodSeconds });
        }
    }

    private static CustomResource ScaledObject(AutoscalingAnnotation scaling, ScaleToZeroAnnotation toZero, Workload workload) =>
        new("keda.sh/v1alpha1", "ScaledObject")
        {
            Metadata = { Name = workload.Metadata.Name },
            Spec =
            {
                ["scaleTargetRef"] = new Dictionary<string, object>
                {
                    ["apiVersion"] = workload.ApiVersion!,
                    ["kind"] = workload.Kind!,
                    ["name"] = workload.Metadata.Name,
                },
                ["minReplicaCount"] = 0,
                ["maxReplicaCount"] = scaling.Max,
                ["cooldownPeriod"] = (int)toZero.Cooldown.TotalSeconds,
                ["fallback"] = new Dictionary<string, object> { ["failureThreshold"] = 3, ["replicas"] = scaling.Min },
                ["triggers"] = new object[]
                {
                    new Dictionary<string, object>
                    {
                        ["type"] = "prometheus",
                        ["metadata"] = new Dictionary<string, object>
                        {
                            ["serverAddress"] = "{{ .Values.monitoring.prometheus }}",
                            ["query"] = toZero.Query,
                            ["threshold"] = toZero.Threshold.ToString(CultureInfo.InvariantCulture),
                            ["activationThreshold"] = "0",
                        },
                    },
                },
            },
        };
}
