using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Kubernetes;
using Aspire.Hosting.Kubernetes.Resources;

namespace MlKit.Hosting.Kubernetes;

/// <summary>Mounts the secrets of a service as files, one per key, in place of environment variables.</summary>
internal static class SecretFiles
{
    private const string Name = "secrets";
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
            pod.Volumes.Add(Volume(Name, sources));
            pod.Containers[0].VolumeMounts.Add(Mount(Name));
        }
    }

    /// <summary>A volume of secrets that only the pod's group reads.</summary>
    public static VolumeV1 Volume(string name, IEnumerable<VolumeProjectionV1> sources)
    {
        var files = new VolumeV1 { Name = name, Projected = new() { DefaultMode = Mode } };
        files.Projected.Sources.AddRange(sources);
        return files;
    }

    /// <summary>Mounts such a volume where services look for secrets.</summary>
    public static VolumeMountV1 Mount(string name) => new() { Name = name, MountPath = Path, ReadOnly = true };

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
