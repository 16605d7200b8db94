using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Kubernetes;
using Aspire.Hosting.Kubernetes.Resources;

namespace MlKit.Hosting.Kubernetes;

/// <summary>
/// Gives a scorer the public half of the key that signs gate documents. An init container of the scorer's own image makes
/// it from the secret; the container that serves never sees the secret.
/// </summary>
internal static class GateMapping
{
    /// <summary>Where the scorer finds the public key.</summary>
    public const string PublicKeyFile = Folder + "/gate-public-key.pem";

    private const string Folder = "/run/mlkit/gate";
    private const string Name = "gate-key";
    private const string SecretVolume = "gate-secret";
    private const string Size = "1Mi";

    public static void Apply(IResource resource, KubernetesResource objects)
    {
        if (resource.Annotations.OfType<GateAnnotation>().LastOrDefault() is not { } gate)
        {
            return;
        }

        var pod = objects.Workload!.PodTemplate.Spec;
        var scorer = pod.Containers[0];
        var secret = $"{StorageMapping.ReleasePrefix(resource, objects)}{gate.Training.Name}-secrets";
        pod.Volumes.Add(SecretFiles.Volume(SecretVolume, [Source(secret)]));
        pod.Volumes.Add(new VolumeV1 { Name = Name, EmptyDir = new() { SizeLimit = Size } });
        pod.InitContainers.Add(new ContainerV1
        {
            Name = Name,
            Image = scorer.Image,
            ImagePullPolicy = scorer.ImagePullPolicy,
            Args = { "--write-gate-key", PublicKeyFile },
            VolumeMounts = { SecretFiles.Mount(SecretVolume), new VolumeMountV1 { Name = Name, MountPath = Folder } },
            Resources = new ResourceRequirementsV1
            {
                Requests = { ["cpu"] = "100m", ["memory"] = "128Mi" },
                Limits = { ["cpu"] = "1", ["memory"] = "256Mi" },
            },
        });
        scorer.VolumeMounts.Add(new VolumeMountV1 { Name = Name, MountPath = Folder, ReadOnly = true });
    }

    // Plain manifests hold Secrets without content; who then starts without the key says so, in place of a pod that hangs.
    private static VolumeProjectionV1 Source(string secret) => new()
    {
        Secret = new() { Name = secret, Optional = true, Items = { new KeyToPathV1 { Key = GateExtensions.SigningKey, Path = GateExtensions.SigningKey } } },
    };
}
