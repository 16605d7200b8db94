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

    public static void Apply(KubernetesResource objects)
    {
        var pod = objects.Workload!.PodTemplate.Spec;
        foreach (var container in pod.Containers)
        {
            foreach (var source in container.EnvFrom.Where(source => source.SecretRef is not null).ToList())
            {
                container.EnvFrom.Remove(source);
                container.VolumeMounts.Add(new VolumeMountV1 { Name = Volume, MountPath = Path, ReadOnly = true });
                pod.Volumes.Add(new VolumeV1
                {
                    Name = Volume,
                    Secret = new SecretVolumeSourceV1 { SecretName = source.SecretRef!.Name, DefaultMode = Mode },
                });
            }
        }
    }
}
