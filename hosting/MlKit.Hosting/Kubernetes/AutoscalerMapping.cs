using Aspire.Hosting.Kubernetes;
using Aspire.Hosting.Kubernetes.Resources;

namespace MlKit.Hosting.Kubernetes;

/// <summary>The autoscaler of a workload: up fast, down slowly, by CPU use.</summary>
internal static class AutoscalerMapping
{
    public static void Apply(AutoscalingAnnotation scaling, KubernetesResource objects)
    {
        var workload = objects.Workload!;
        SetReplicas(workload, scaling.Min);
        objects.AdditionalResources.Add(new HorizontalPodAutoscalerV2
        {
            Metadata = { Name = workload.Metadata.Name },
            Spec =
            {
                ScaleTargetRef = { ApiVersion = workload.ApiVersion, Kind = workload.Kind, Name = workload.Metadata.Name, Metadata = null! },
                MinReplicas = scaling.Min,
                MaxReplicas = scaling.Max,
                Metrics = { CpuMetric(scaling.Cpu) },
                Behavior = Behavior(),
            },
        });
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

    private static HorizontalPodAutoscalerBehaviorV2 Behavior() => new()
    {
        ScaleUp =
        {
            StabilizationWindowSeconds = 0,
            SelectPolicy = "Max",
            Policies = { new HpaScalingPolicyV2 { Type = "Percent", Value = 100, PeriodSeconds = 15 } },
        },
        ScaleDown =
        {
            StabilizationWindowSeconds = 300,
            SelectPolicy = "Max",
            Policies = { new HpaScalingPolicyV2 { Type = "Pods", Value = 1, PeriodSeconds = 120 } },
        },
    };
}
