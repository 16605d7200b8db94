using Aspire.Hosting.Kubernetes.Publishing;
using Aspire.Hosting.Kubernetes.Resources;

namespace Aspire.Hosting.Kubernetes.Standards;

/// <summary>Gives each resource a service account of its own, without rights.</summary>
internal static class IdentityStandards
{
    public static void Apply(KubernetesResource objects)
    {
        if (objects.Workload is not { } workload || workload.PodTemplate.Spec.ServiceAccountName is not null)
        {
            return;
        }

        var account = new ServiceAccount { Metadata = { Name = ObjectNames.Of(objects.Source) } };
        objects.AdditionalResources.Add(account);
        foreach (var pods in objects.AdditionalResources.OfType<Workload>().Prepend(workload))
        {
            pods.PodTemplate.Spec.ServiceAccountName ??= account.Metadata.Name;
        }
    }
}
