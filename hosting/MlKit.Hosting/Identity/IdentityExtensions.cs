using System.Text.RegularExpressions;
using Aspire.Hosting.ApplicationModel;
using MlKit.Hosting;
using MlKit.Hosting.Kubernetes;

namespace Aspire.Hosting;

/// <summary>As whom a resource runs in a cluster, and where its secrets come from.</summary>
public static partial class IdentityExtensions
{
    /// <summary>Runs the pods under a ServiceAccount that is in the cluster, in place of one of the resource's own.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="name">The ServiceAccount.</param>
    /// <exception cref="DistributedApplicationException">The name is none.</exception>
    /// <example><code>training.WithServiceAccount("training")</code></example>
    public static IResourceBuilder<T> WithServiceAccount<T>(this IResourceBuilder<T> builder, string name)
        where T : IComputeResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        RequireName(builder.Resource, $"WithServiceAccount(\"{name}\")", name);
        return builder
            .WithAnnotation(new ServiceAccountAnnotation(name, null, null), ResourceAnnotationMutationBehavior.Replace)
            .MapToKubernetes();
    }

    /// <summary>Lets the pods take an identity of the cloud that the cluster runs in, so that no key is needed there.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="provider">The cloud.</param>
    /// <param name="identity">The identity in the provider's form, see <see cref="WorkloadIdentityProvider"/>.</param>
    /// <exception cref="DistributedApplicationException">The identity has not the provider's form.</exception>
    /// <example><code>training.WithWorkloadIdentity(WorkloadIdentityProvider.Amazon, "arn:aws:iam::123456789012:role/training")</code></example>
    public static IResourceBuilder<T> WithWorkloadIdentity<T>(
        this IResourceBuilder<T> builder, WorkloadIdentityProvider provider, string identity)
        where T : IComputeResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        var isAllowed = identity is not null && provider switch
        {
            WorkloadIdentityProvider.Google => GooglePattern().IsMatch(identity),
            WorkloadIdentityProvider.Amazon => AmazonPattern().IsMatch(identity),
            WorkloadIdentityProvider.Azure => Guid.TryParse(identity, out _),
            _ => false,
        };
        Refusal.Unless(
            isAllowed, builder.Resource, $"WithWorkloadIdentity({provider}, \"{identity}\")",
            "Google takes NAME@PROJECT.iam.gserviceaccount.com, Amazon arn:aws:iam::ACCOUNT:role/NAME, Azure a client id");
        return builder
            .WithAnnotation(new ServiceAccountAnnotation(null, provider, identity), ResourceAnnotationMutationBehavior.Replace)
            .MapToKubernetes();
    }

    /// <summary>
    /// Takes the secrets of the resource from a Secret that is in the cluster before the chart is installed; it needs the
    /// keys that the chart's own would have (see <c>existingSecret</c> in <c>values.yaml</c>).
    /// </summary>
    /// <param name="builder">The resource.</param>
    /// <param name="name">The Secret.</param>
    /// <exception cref="DistributedApplicationException">The name is none.</exception>
    /// <example><code>api.WithExistingSecret("api-login")</code></example>
    public static IResourceBuilder<T> WithExistingSecret<T>(this IResourceBuilder<T> builder, string name)
        where T : IComputeResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        RequireName(builder.Resource, $"WithExistingSecret(\"{name}\")", name);
        return builder
            .WithAnnotation(new SecretSourceAnnotation(name, null, null, false), ResourceAnnotationMutationBehavior.Replace)
            .MapToKubernetes();
    }

    /// <summary>
    /// Takes the secrets of the resource from a secret store (<c>ExternalSecret</c> of the External Secrets operator), where
    /// the chart's value <c>externalSecret.enabled</c> is on.
    /// </summary>
    /// <param name="builder">The resource.</param>
    /// <param name="store">The SecretStore.</param>
    /// <param name="key">The key in the store; its properties become the keys of the Secret.</param>
    /// <param name="clusterStore">Whether the store is a ClusterSecretStore.</param>
    /// <exception cref="DistributedApplicationException">The store is no name, or the key is empty.</exception>
    /// <example><code>api.WithExternalSecret("vault", "production/api")</code></example>
    public static IResourceBuilder<T> WithExternalSecret<T>(
        this IResourceBuilder<T> builder, string store, string key, bool clusterStore = false)
        where T : IComputeResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        RequireName(builder.Resource, $"WithExternalSecret(store: \"{store}\")", store);
        Refusal.Unless(!string.IsNullOrWhiteSpace(key), builder.Resource, $"WithExternalSecret(key: \"{key}\")", "a key of the store is needed");
        return builder
            .WithAnnotation(new SecretSourceAnnotation(null, store, key, clusterStore), ResourceAnnotationMutationBehavior.Replace)
            .MapToKubernetes();
    }

    private static void RequireName(IResource resource, string call, string name) => Refusal.Unless(
        name is not null && NamePattern().IsMatch(name), resource, call,
        "a name of at most 253 lower-case letters, digits, hyphens and dots is allowed");

    [GeneratedRegex("^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$")]
    private static partial Regex NamePattern();

    [GeneratedRegex(@"^[a-z]([a-z0-9-]{4,28}[a-z0-9])@[a-z][a-z0-9-]{4,28}[a-z0-9]\.iam\.gserviceaccount\.com$")]
    private static partial Regex GooglePattern();

    [GeneratedRegex(@"^arn:aws[a-z-]*:iam::\d{12}:role/[\w+=,.@/-]{1,512}$")]
    private static partial Regex AmazonPattern();
}
