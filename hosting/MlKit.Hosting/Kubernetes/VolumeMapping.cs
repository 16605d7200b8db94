using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Kubernetes;
using Aspire.Hosting.Kubernetes.Resources;

namespace MlKit.Hosting.Kubernetes;

/// <summary>Size, class and access of claims, and scratch space for models.</summary>
internal static class VolumeMapping
{
    private const string CacheVolume = "model-cache";

    // By these the kit's scorer, Hugging Face's libraries, PyTorch's compiler and what follows the XDG rules find their caches.
    private static readonly string[] CacheVariables = ["MLKIT__MODELCACHE__PATH", "HF_HOME", "TORCHINDUCTOR_CACHE_DIR", "XDG_CACHE_HOME"];

    public static void Apply(IResource resource, KubernetesResource objects)
    {
        if (resource.Annotations.OfType<DurableVolumeAnnotation>().LastOrDefault() is { } durable)
        {
            var claims = (objects.Workload as StatefulSet)?.Spec.VolumeClaimTemplates ?? [];
            foreach (var claim in claims.Concat(objects.AdditionalResources.OfType<PersistentVolumeClaim>()))
            {
                claim.Spec.Resources.Requests["storage"] = durable.Size;
                claim.Spec.AccessModes.Clear();
                claim.Spec.AccessModes.Add(durable.Access.ToString());
                claim.Spec.StorageClassName = durable.StorageClass!;
            }
        }

        if (resource.Annotations.OfType<ModelCacheAnnotation>().LastOrDefault() is { } cache)
        {
            var pod = objects.Workload!.PodTemplate.Spec;
            var container = pod.Containers[0];
            pod.Volumes.Add(new VolumeV1 { Name = CacheVolume, EmptyDir = new() { SizeLimit = cache.Size } });
            container.VolumeMounts.Add(new VolumeMountV1 { Name = CacheVolume, MountPath = cache.Path });
            container.Env.AddRange(CacheVariables.Where(name => !container.Env.Exists(variable => variable.Name == name))
                .Select(name => new EnvVarV1 { Name = name, Value = cache.Path }));
        }
    }
}
