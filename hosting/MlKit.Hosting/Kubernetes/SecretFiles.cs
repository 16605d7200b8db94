using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Kubernetes;
using Aspire.Hosting.Kubernetes.Resources;

namespace MlKit.Hosting.Kubernetes;

/// <summary>Mounts the secrets of a service as files, one per key, in place of environment variables.</summary>
internal static class SecretFiles
{
    private const string Volume = "secrets";
    private const string Path = "/run/secrets/mlkit";

    /// <summary>Readable by the pod's group only.</summary>
    private const int Mode = 0b100_100_000;

    public static void Apply(IResource resource, KubernetesResource objects)
    {
        var sources = new List<VolumeProjectionV1>();
        var pod = objects.Workload!.PodTemplate.Spec;
        foreach (var container in pod.Containers)
        {
            foreach (var source in container.EnvFrom.Where(source => source.SecretRef is not null).ToList())
            {
                container.EnvFrom.Remove(source);
                sources.Add(new() { Secret = new() { Name = source.SecretRef!.Name } });
            }
        }

        if (resource.Annotations.OfType<SharedFolderAnnotation>().Any())
        {
            sources.Add(StorageKeys(resource, objects));
        }

        if (sources.Count > 0)
        {
            var files = new VolumeV1 { Name = Volume, Projected = new() { DefaultMode = Mode } };
            files.Projected.Sources.AddRange(sources);
            pod.Volumes.Add(files);
            pod.Containers[0].VolumeMounts.Add(new VolumeMountV1 { Name = Volume, MountPath = Path, ReadOnly = true });
        }
    }

    // Where pods have an identity at the bucket's provider, or volumes in its place, there are no keys.
    private static VolumeProjectionV1 StorageKeys(IResource resource, KubernetesResource objects) => new()
    {
        Secret = new SecretProjectionV1
        {
            Name = StorageMapping.SecretName(resource, objects),
            Optional = true,
            Items =
            {
                new KeyToPathV1 { Key = "AWS_ACCESS_KEY_ID", Path = "MLKIT__STORAGE__S3__ACCESSKEY" },
                new KeyToPathV1 { Key = "AWS_SECRET_ACCESS_KEY", Path = "MLKIT__STORAGE__S3__SECRETKEY" },
            },
        },
    };
}
