using Aspire.Hosting.Kubernetes.Resources;

namespace Aspire.Hosting.Kubernetes.Standards;

/// <summary>
/// What every pod has unless a callback said otherwise: Pod Security level <c>restricted</c>, a read-only root with a
/// scratch <c>/tmp</c>, requests and limits, no token of the API server.
/// </summary>
internal static class PodStandards
{
    /// <summary>The user and group of all pods; above 10000, so that no account of a node has it.</summary>
    private const long UserId = 10001;

    private const string Scratch = "/tmp";
    private const string ScratchVolume = "tmp";

    public static void Apply(PodTemplateSpecV1 template)
    {
        var pod = template.Spec;
        pod.AutomountServiceAccountToken ??= false;
        pod.EnableServiceLinks ??= false;
        pod.SecurityContext ??= new PodSecurityContextV1();
        pod.SecurityContext.RunAsNonRoot ??= true;
        pod.SecurityContext.RunAsUser ??= UserId;
        pod.SecurityContext.RunAsGroup ??= pod.SecurityContext.RunAsUser;
        pod.SecurityContext.FsGroup ??= pod.SecurityContext.RunAsGroup;
        pod.SecurityContext.FsGroupChangePolicy ??= "OnRootMismatch";
        pod.SecurityContext.SeccompProfile ??= new SeccompProfileV1 { Type = "RuntimeDefault" };

        foreach (var container in pod.InitContainers.Concat(pod.Containers))
        {
            Secure(container);
            GiveScratch(pod, container);
        }

        foreach (var container in pod.Containers)
        {
            Limit(container, "100m", "256Mi", "100Mi", "1", "512Mi", "1Gi");
        }

        // A pod is guaranteed its share only where every container asks for as much as it may use.
        var isGuaranteed = pod.Containers.Exists(container => container.Resources?.Limits.Keys.Any(name => name.Contains('/', StringComparison.Ordinal)) == true);
        foreach (var container in pod.InitContainers)
        {
            Limit(container, "10m", "32Mi", "10Mi", "100m", "64Mi", "100Mi");
            if (isGuaranteed)
            {
                container.Resources!.Limits.ToList().ForEach(limit => container.Resources.Requests[limit.Key] = limit.Value);
            }
        }
    }

    private static void Secure(ContainerV1 container)
    {
        container.SecurityContext ??= new SecurityContextV1();
        container.SecurityContext.AllowPrivilegeEscalation ??= false;
        container.SecurityContext.ReadOnlyRootFilesystem ??= true;
        container.SecurityContext.Capabilities ??= new CapabilitiesV1 { Drop = { "ALL" } };
    }

    private static void GiveScratch(PodSpecV1 pod, ContainerV1 container)
    {
        if (container.SecurityContext?.ReadOnlyRootFilesystem != true
            || container.VolumeMounts.Exists(mount => mount.MountPath == Scratch))
        {
            return;
        }

        if (!pod.Volumes.Exists(volume => volume.Name == ScratchVolume))
        {
            pod.Volumes.Add(new VolumeV1 { Name = ScratchVolume, EmptyDir = new() });
        }

        container.VolumeMounts.Add(new VolumeMountV1 { Name = ScratchVolume, MountPath = Scratch });
    }

    private static void Limit(
        ContainerV1 container, string cpu, string memory, string disk, string cpuLimit, string memoryLimit, string diskLimit)
    {
        container.Resources ??= new ResourceRequirementsV1();
        Fill(container.Resources, "cpu", cpu, cpuLimit);
        Fill(container.Resources, "memory", memory, memoryLimit);
        Fill(container.Resources, "ephemeral-storage", disk, diskLimit);
    }

    // A default never contradicts the half that was given.
    private static void Fill(ResourceRequirementsV1 resources, string name, string request, string limit)
    {
        var hasRequest = resources.Requests.TryGetValue(name, out var givenRequest);
        var hasLimit = resources.Limits.TryGetValue(name, out var givenLimit);
        if (!hasRequest)
        {
            resources.Requests[name] = hasLimit ? givenLimit! : request;
        }

        if (!hasLimit)
        {
            resources.Limits[name] = hasRequest ? givenRequest! : limit;
        }
    }
}
