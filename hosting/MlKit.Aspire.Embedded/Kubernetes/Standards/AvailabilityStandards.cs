using Aspire.Hosting.Kubernetes.Publishing;
using Aspire.Hosting.Kubernetes.Resources;

namespace Aspire.Hosting.Kubernetes.Standards;

/// <summary>What keeps a service reachable while nodes and pods come and go: spread, drain, disruption budget.</summary>
internal static class AvailabilityStandards
{
    private const int DrainSeconds = 5;
    private const int GraceSeconds = 30;

    /// <summary>The rules of kube-score that an object breaks for a reason.</summary>
    private const string LinterIgnore = "kube-score/ignore";

    public static void Apply(KubernetesResource objects)
    {
        if (objects.Workload is not { Kind: "Deployment" or "StatefulSet" } workload)
        {
            return;
        }

        var selector = new LabelSelectorV1(ObjectLabels.Selector(objects.Source));
        Spread(workload.PodTemplate.Spec, selector);
        Drain(workload.PodTemplate.Spec, objects.Service is not null);
        Explain(workload, objects.Service is not null);
        if (!objects.AdditionalResources.Exists(extra => extra.Kind == "PodDisruptionBudget"))
        {
            objects.AdditionalResources.Add(new PodDisruptionBudget
            {
                Metadata = { Name = ObjectNames.Of(objects.Source) },
                Spec = { MaxUnavailable = 1, UnhealthyPodEvictionPolicy = "AlwaysAllow", Selector = selector },
            });
        }
    }

    // Where the author wants one pod, or a volume takes no second one, and where no port is there that a probe could ask.
    private static void Explain(Workload workload, bool isCalled)
    {
        var rule = workload switch
        {
            Deployment { Spec.Replicas: 1 } when isCalled => "deployment-replicas",
            StatefulSet when !isCalled => "pod-probes",
            _ => null,
        };
        if (rule is not null)
        {
            workload.Metadata.Annotations.TryAdd(LinterIgnore, rule);
        }
    }

    private static void Spread(PodSpecV1 pod, LabelSelectorV1 selector)
    {
        pod.Affinity ??= new AffinityV1();
        var apart = pod.Affinity.PodAntiAffinity;
        if (apart.PreferredDuringSchedulingIgnoredDuringExecution.Count + apart.RequiredDuringSchedulingIgnoredDuringExecution.Count == 0)
        {
            apart.PreferredDuringSchedulingIgnoredDuringExecution.Add(new WeightedPodAffinityTermV1
            {
                Weight = 100,
                PodAffinityTerm = { LabelSelector = selector, TopologyKey = "kubernetes.io/hostname" },
            });
        }

        if (pod.TopologySpreadConstraints.Count == 0)
        {
            pod.TopologySpreadConstraints.Add(new TopologySpreadConstraintV1
            {
                MaxSkew = 1,
                TopologyKey = "topology.kubernetes.io/zone",
                WhenUnsatisfiable = "ScheduleAnyway",
                LabelSelector = selector,
            });
        }
    }

    // The pod leaves rotation before it is told to stop, and has longer than its drain before it is killed.
    private static void Drain(PodSpecV1 pod, bool isCalled)
    {
        pod.TerminationGracePeriodSeconds ??= GraceSeconds;
        if (isCalled)
        {
            pod.Containers[0].Lifecycle ??= new LifecycleV1 { PreStop = { Sleep = new() { Seconds = DrainSeconds } } };
        }
    }
}
