using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Kubernetes;
using Aspire.Hosting.Kubernetes.Resources;

namespace MlKit.Hosting.Kubernetes;

/// <summary>The volume of a shared folder, where the installation wants volumes, and the keys of the bucket.</summary>
internal static class StorageMapping
{
    private const string Size = "10Gi";

    public static void Apply(IResource resource, KubernetesResource objects)
    {
        var pods = objects.Workload!.PodTemplate;
        foreach (var folder in resource.Annotations.OfType<SharedFolderAnnotation>())
        {
            var claim = $"{ReleasePrefix(resource, objects)}{folder.Claim}";
            pods.Spec.Volumes.Add(new VolumeV1 { Name = folder.Claim, PersistentVolumeClaim = new() { ClaimName = claim } });
            pods.Spec.Containers[0].VolumeMounts.Add(new VolumeMountV1 { Name = folder.Claim, MountPath = folder.Path });
            pods.VolumeOnlyWhen(folder.Claim, ObjectStorage.WhenVolume);
            if (folder.IsOwner)
            {
                objects.AdditionalResources.Add(Claim(claim));
            }
        }
    }

    /// <summary>The Secret with the bucket's keys, the chart's own or the one that <c>storage.s3.existingSecret</c> names.</summary>
    public static string SecretName(IResource resource, KubernetesResource objects) =>
        $"{ReleasePrefix(resource, objects)}{ObjectStorage.StoreName}-secrets";

    /// <summary>What stands before the resource's name in the name of its workload, and of all objects of the release.</summary>
    public static string ReleasePrefix(IResource resource, KubernetesResource objects)
    {
        var name = objects.Workload!.Metadata.Name;
        var at = name.LastIndexOf(resource.Name, StringComparison.OrdinalIgnoreCase);
        return at < 0 ? "" : name[..at];
    }

    private static PersistentVolumeClaim Claim(string name)
    {
        var claim = new PersistentVolumeClaim
        {
            Metadata = { Name = name },
            Spec = { AccessModes = { "ReadWriteOnce" }, Resources = { Requests = { ["storage"] = Size } } },
        };
        claim.OnlyWhen(ObjectStorage.WhenVolume);
        return claim;
    }
}
