using Aspire.Hosting.Kubernetes.Publishing;
using Aspire.Hosting.Kubernetes.Resources;

namespace Aspire.Hosting.Kubernetes.Standards;

/// <summary>Gives each resource a service account of its own, without rights but those to see a Job that it waits for.</summary>
internal static class IdentityStandards
{
    public static void Apply(KubernetesResource objects, PublishedApplication application)
    {
        if (objects.Workload is not { } workload)
        {
            return;
        }

        if (workload.PodTemplate.Spec.ServiceAccountName is null)
        {
            AddAccount(objects, workload);
        }

        CompletionStandards.Grant(objects, application);
    }

    private static void AddAccount(KubernetesResource objects, Workload workload)
    {
        var account = new ServiceAccount { Metadata = { Name = ObjectNames.Of(objects.Source) } };
        objects.AdditionalResources.Add(account);
        foreach (var pods in objects.AdditionalResources.OfType<Workload>().Prepend(workload))
        {
            pods.PodTemplate.Spec.ServiceAccountName ??= account.Metadata.Name;
        }
    }
}
