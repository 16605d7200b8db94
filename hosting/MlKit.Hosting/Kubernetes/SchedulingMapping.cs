using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Kubernetes;
using Aspire.Hosting.Kubernetes.Resources;

namespace MlKit.Hosting.Kubernetes;

/// <summary>Spot nodes, disruption budget and spread.</summary>
internal static class SchedulingMapping
{
    private const int SpotWeight = 50;

    // Label and value by which each provider marks its spot nodes; the first two may be tainted by the same names.
    private static readonly (string Key, string Value)[] SpotNodes =
    [
        ("cloud.google.com/gke-spot", "true"),
        ("kubernetes.azure.com/scalesetpriority", "spot"),
        ("eks.amazonaws.com/capacityType", "SPOT"),
        ("karpenter.sh/capacity-type", "spot"),
    ];

    public static void Apply(IResource resource, KubernetesResource objects)
    {
        var workload = objects.Workload!;
        if (resource.Annotations.OfType<SpotAnnotation>().LastOrDefault() is { } spot)
        {
            UseSpot(workload.PodTemplate.Spec, spot.Required);
        }

        if (resource.Annotations.OfType<SpreadAnnotation>().LastOrDefault() is { } spread)
        {
            workload.PodTemplate.Spec.TopologySpreadConstraints.Add(new TopologySpreadConstraintV1
            {
                MaxSkew = spread.MaxSkew,
                TopologyKey = spread.TopologyKey,
                WhenUnsatisfiable = spread.Required ? "DoNotSchedule" : "ScheduleAnyway",
                LabelSelector = new LabelSelectorV1(new(workload.PodTemplate.Metadata.Labels, StringComparer.Ordinal)),
            });
        }

        // A budget protects what goes on running; a Job's pods end.
        if (resource.Annotations.OfType<DisruptionBudgetAnnotation>().LastOrDefault() is { } budget
            && !resource.Annotations.OfType<TrainingJobAnnotation>().Any())
        {
            AddBudget(budget, workload, objects);
        }
    }

    private static void UseSpot(PodSpecV1 pod, bool required)
    {
        foreach (var (key, value) in SpotNodes.Take(2))
        {
            pod.Tolerations.Add(new TolerationV1 { Key = key, Operator = "Equal", Value = value, Effect = "NoSchedule" });
        }

        var terms = SpotNodes.Select(node => new NodeSelectorTermV1
        {
            MatchExpressions = { new NodeSelectorRequirementV1 { Key = node.Key, Operator = "In", Values = { node.Value } } },
        });
        var affinity = (pod.Affinity ??= new AffinityV1()).NodeAffinity;
        if (required)
        {
            affinity.RequiredDuringSchedulingIgnoredDuringExecution.NodeSelectorTerms.AddRange(terms);
        }
        else
        {
            affinity.PreferredDuringSchedulingIgnoredDuringExecution.AddRange(
                terms.Select(term => new PreferredSchedulingTermV1 { Weight = SpotWeight, Preference = term }));
        }
    }

    private static void AddBudget(DisruptionBudgetAnnotation budget, Workload workload, KubernetesResource objects)
    {
        object most = int.TryParse(budget.MaxUnavailable, CultureInfo.InvariantCulture, out var number) ? number : budget.MaxUnavailable;
        objects.AdditionalResources.Add(new CustomResource("policy/v1", "PodDisruptionBudget")
        {
            Metadata = { Name = workload.Metadata.Name },
            Spec =
            {
                ["maxUnavailable"] = most,
                ["unhealthyPodEvictionPolicy"] = "AlwaysAllow",
                ["selector"] = new LabelSelectorV1(new(workload.PodTemplate.Metadata.Labels, StringComparer.Ordinal)),
            },
        }.Because($"WithDisruptionBudget(\"{budget.MaxUnavailable}\")"));
    }
}
