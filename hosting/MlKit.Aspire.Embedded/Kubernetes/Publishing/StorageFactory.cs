using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Kubernetes.Resources;

namespace Aspire.Hosting.Kubernetes.Publishing;

/// <summary>
/// Turns named volumes into claims. A volume of one resource is a claim of each of its pods (StatefulSet); a volume that
/// several resources name is one claim that they share; a volume without a name is scratch space.
/// </summary>
internal sealed class StorageFactory(PublishedApplication application)
{
    private readonly Dictionary<string, IResource> _owners = new(StringComparer.Ordinal);
    private readonly HashSet<string> _shared = Shared(application);

    /// <summary>Mounts the volumes of a resource and returns the claims that each of its pods gets.</summary>
    public List<PersistentVolumeClaim> Mount(IResource resource, KubernetesResource objects, PodTemplateSpecV1 template)
    {
        var claims = new List<PersistentVolumeClaim>();
        foreach (var volume in ResourceVolume.Of(resource))
        {
            template.Spec.Containers[0].VolumeMounts.Add(new VolumeMountV1
            {
                Name = volume.PodVolume,
                MountPath = volume.Path,
                ReadOnly = volume.IsReadOnly ? true : null,
            });
            if (application.Environment.DefaultStorageType != "pvc" || ResourceVolume.IsAnonymous(resource, volume))
            {
                template.Spec.Volumes.Add(Unclaimed(resource, volume));
            }
            else if (_shared.Contains(volume.Name) || application.IsAwaited(resource))
            {
                template.Spec.Volumes.Add(SharedClaim(resource, volume, objects));
            }
            else
            {
                claims.Add(Claim(volume.PodVolume));
            }
        }

        return claims;
    }

    /// <summary>Whether a resource mounts a volume that others mount as well; then it keeps something.</summary>
    public bool Shares(IResource resource) => ResourceVolume.Of(resource).Any(volume => _shared.Contains(volume.Name));

    private VolumeV1 SharedClaim(IResource resource, ResourceVolume volume, KubernetesResource objects)
    {
        var name = $"{ObjectNames.FullName}-{volume.PodVolume}";
        if (_owners.TryAdd(volume.Name, resource))
        {
            objects.AdditionalResources.Add(Claim(name));
        }

        return new VolumeV1 { Name = volume.PodVolume, PersistentVolumeClaim = new() { ClaimName = name } };
    }

    private VolumeV1 Unclaimed(IResource resource, ResourceVolume volume) => application.Environment.DefaultStorageType switch
    {
        "emptyDir" or "pvc" => new VolumeV1 { Name = volume.PodVolume, EmptyDir = new() },
        "hostPath" => new VolumeV1
        {
            Name = volume.PodVolume,
            HostPath = new() { Path = $"/var/lib/{ObjectNames.Component(resource)}/{volume.PodVolume}", Type = "DirectoryOrCreate" },
        },
        var other => throw new DistributedApplicationException(
            $"Environment '{application.Environment.Name}': DefaultStorageType is '{other}'; allowed are pvc, emptyDir, hostPath."),
    };

    private PersistentVolumeClaim Claim(string name)
    {
        var claim = new PersistentVolumeClaim
        {
            Metadata = { Name = name },
            Spec =
            {
                StorageClassName = application.Environment.DefaultStorageClassName!,
                Resources = { Requests = { ["storage"] = application.Environment.DefaultStorageSize } },
            },
        };
        claim.Spec.AccessModes.Add(application.Environment.DefaultStorageReadWritePolicy);
        return claim;
    }

    private static HashSet<string> Shared(PublishedApplication application) => application.Resources
        .SelectMany(resource => ResourceVolume.Of(resource)
            .Where(volume => !ResourceVolume.IsAnonymous(resource, volume))
            .Select(volume => volume.Name)
            .Distinct(StringComparer.Ordinal))
        .GroupBy(name => name, StringComparer.Ordinal)
        .Where(group => group.Count() > 1)
        .Select(group => group.Key)
        .ToHashSet(StringComparer.Ordinal);
}
