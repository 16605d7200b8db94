using Aspire.Hosting.Kubernetes;
using Aspire.Hosting.Kubernetes.Resources;

namespace MlKit.Hosting.Kubernetes;

/// <summary>
/// Makes the state folder of pods that come and go scratch space. A Job starts anew, and pods that are scaled must not
/// differ by what they once wrote: what lasts is in the registry, the feature store and the artifact store.
/// </summary>
internal static class ScratchState
{
    private const string SizeLimit = "1Gi";

    public static void Apply(KubernetesResource objects)
    {
        if (objects.Workload is not StatefulSet set)
        {
            return;
        }

        foreach (var claim in set.Spec.VolumeClaimTemplates)
        {
            set.PodTemplate.Spec.Volumes.Add(new VolumeV1 { Name = claim.Metadata.Name, EmptyDir = new() { SizeLimit = SizeLimit } });
        }

        objects.AdditionalResources.RemoveAll(item => item is Service && item.Metadata.Name == set.Spec.ServiceName);
        objects.Workload = new Deployment
        {
            Metadata = set.Metadata,
            Spec =
            {
                Replicas = set.Spec.Replicas,
                RevisionHistoryLimit = set.Spec.RevisionHistoryLimit,
                Selector = set.Spec.Selector,
                Template = set.Spec.Template,
                Strategy = { Type = "RollingUpdate", RollingUpdate = { MaxSurge = 1, MaxUnavailable = 0 } },
            },
        };
    }
}
