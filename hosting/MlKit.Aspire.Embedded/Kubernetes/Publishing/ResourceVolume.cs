using System.IO.Hashing;
using System.Text;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Kubernetes.Publishing;

/// <summary>A named volume of a resource.</summary>
/// <param name="Name">The name; resources that use one name share the volume.</param>
/// <param name="Path">Where the container sees it.</param>
/// <param name="IsReadOnly">Whether the container may only read.</param>
internal sealed record ResourceVolume(string Name, string Path, bool IsReadOnly)
{
    private const int LongestName = 40;
    private const int HashLength = 8;

    /// <summary>The name of the pod's volume; a long name keeps its beginning and gets a hash, so that it stays the only one.</summary>
    public string PodVolume
    {
        get
        {
            var part = ObjectNames.Part(Name, int.MaxValue);
            return part.Length <= LongestName
                ? part
                : $"{part[..(LongestName - HashLength - 1)].TrimEnd('-')}-{XxHash32.HashToUInt32(Encoding.UTF8.GetBytes(part)):x8}";
        }
    }

    /// <summary>The named volumes of a resource.</summary>
    /// <exception cref="DistributedApplicationException">It mounts a folder of this machine.</exception>
    public static IReadOnlyList<ResourceVolume> Of(IResource resource)
    {
        var volumes = new List<ResourceVolume>();
        foreach (var mount in resource.Annotations.OfType<ContainerMountAnnotation>())
        {
            if (mount.Type == ContainerMountType.BindMount)
            {
                throw new DistributedApplicationException(
                    $"Resource '{resource.Name}': WithBindMount('{mount.Source}', '{mount.Target}') mounts a folder of this "
                    + "machine, which no cluster has. Use WithVolume with a name, or put the files into the image.");
            }

            // A volume without a name is as lasting as its pod.
            volumes.Add(new ResourceVolume(
                mount.Source ?? $"{resource.Name}-{ObjectNames.Part(mount.Target, LongestName)}",
                mount.Target,
                mount.IsReadOnly));
        }

        foreach (var binding in resource.Annotations.OfType<VolumeMountBindingAnnotation>())
        {
            if (binding.MountPath is { } path && volumes.TrueForAll(volume => volume.Path != path))
            {
                volumes.Add(new ResourceVolume(binding.VolumeName, path, false));
            }
        }

        return volumes;
    }

    /// <summary>The volumes without a name: scratch space.</summary>
    public static bool IsAnonymous(IResource resource, ResourceVolume volume) =>
        resource.Annotations.OfType<ContainerMountAnnotation>()
            .Any(mount => mount.Target == volume.Path && mount.Source is null);
}
