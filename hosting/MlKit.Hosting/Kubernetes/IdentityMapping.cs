using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Kubernetes;
using Aspire.Hosting.Kubernetes.Resources;

namespace MlKit.Hosting.Kubernetes;

/// <summary>Service accounts, cloud identities and sources of secrets.</summary>
internal static class IdentityMapping
{
    private const string ExistingSecret = "mlkit.dev/existing-secret";

    public static void Apply(IResource resource, KubernetesResource objects)
    {
        if (resource.Annotations.OfType<ServiceAccountAnnotation>().LastOrDefault() is { } account)
        {
            UseAccount(account, objects);
        }

        if (resource.Annotations.OfType<SecretSourceAnnotation>().LastOrDefault() is { } source && objects.Secret is { } secret)
        {
            if (source.Existing is { } existing)
            {
                secret.Metadata.Annotations[ExistingSecret] = existing;
                objects.Workload!.Expects(existing);
            }
            else
            {
                objects.AdditionalResources.Add(ExternalSecret(source, secret).Because($"WithExternalSecret(\"{source.Store}\", \"{source.Key}\")"));
            }
        }
    }

    private static void UseAccount(ServiceAccountAnnotation annotation, KubernetesResource objects)
    {
        var pods = objects.Workload!.PodTemplate;
        if (annotation.Existing is { } existing)
        {
            pods.Spec.ServiceAccountName = existing;
            objects.Workload.Expects(existing);
            return;
        }

        var (key, value) = annotation.Provider switch
        {
            WorkloadIdentityProvider.Google => ("iam.gke.io/gcp-service-account", annotation.Identity!),
            WorkloadIdentityProvider.Amazon => ("eks.amazonaws.com/role-arn", annotation.Identity!),
            _ => ("azure.workload.identity/client-id", annotation.Identity!),
        };
        var account = new ServiceAccountV1 { Metadata = { Name = objects.Workload.Metadata.Name } };
        account.Metadata.Annotations[key] = value;
        objects.AdditionalResources.Add(account.Because($"WithWorkloadIdentity({annotation.Provider})"));
        pods.Spec.ServiceAccountName = account.Metadata.Name;
        if (annotation.Provider == WorkloadIdentityProvider.Azure)
        {
            pods.Metadata.Labels["azure.workload.identity/use"] = "true";
        }
    }

    private static CustomResource ExternalSecret(SecretSourceAnnotation source, Secret secret) => new("external-secrets.io/v1", "ExternalSecret")
    {
        Metadata = { Name = secret.Metadata.Name },
        Spec =
        {
            ["refreshInterval"] = "1h",
            ["secretStoreRef"] = new Dictionary<string, object>
            {
                ["name"] = source.Store!,
                ["kind"] = source.ClusterStore ? "ClusterSecretStore" : "SecretStore",
            },
            ["target"] = new Dictionary<string, object> { ["name"] = secret.Metadata.Name, ["creationPolicy"] = "Owner" },
            ["dataFrom"] = new object[]
            {
                new Dictionary<string, object> { ["extract"] = new Dictionary<string, object> { ["key"] = source.Key! } },
            },
        },
    };
}
