using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Kubernetes;
using Aspire.Hosting.Kubernetes.Resources;

namespace MlKit.Hosting.Kubernetes;

/// <summary>Limits, toleration, placement and shared memory of pods that use accelerators.</summary>
internal static class GpuMapping
{
    private const string SharedMemoryPath = "/dev/shm";
    private const string SharedMemorySize = "1Gi";

    public static void Apply(IResource resource, KubernetesResource objects)
    {
        if (resource.Annotations.OfType<GpuAnnotation>().LastOrDefault() is not { Count: > 0 } gpu)
        {
            return;
        }

        var pod = objects.Workload!.PodTemplate.Spec;
        var container = pod.Containers[0];
        container.Resources ??= new ResourceRequirementsV1();
        container.Resources.Limits[gpu.ResourceName] = gpu.Count.ToString(CultureInfo.InvariantCulture);
        pod.RuntimeClassName ??= gpu.Options.RuntimeClass;
        if (gpu.Options.Product is { } product)
        {
            pod.NodeSelector["nvidia.com/gpu.product"] = product;
        }

        // The taint carries the name of whole GPUs, also where slices of them are handed out.
        var taint = gpu.Options.Vendor == GpuVendor.Nvidia ? "nvidia.com/gpu" : gpu.ResourceName;
        pod.Tolerations.Add(new TolerationV1 { Key = taint, Operator = "Exists", Effect = "NoSchedule" });
        ShareMemory(pod, container);

        // With no spare GPU a new pod can only start when an old one has gone.
        if (objects.Workload is Deployment deployment)
        {
            deployment.Spec.Strategy.RollingUpdate.MaxSurge = 0;
            deployment.Spec.Strategy.RollingUpdate.MaxUnavailable = 1;
        }
    }

    // A container's own shared memory has 64 MiB.
    private static void ShareMemory(PodSpecV1 pod, ContainerV1 container)
    {
        pod.Volumes.Add(new VolumeV1 { Name = "shm", EmptyDir = new() { Medium = "Memory", SizeLimit = SharedMemorySize } });
        container.VolumeMounts.Add(new VolumeMountV1 { Name = "shm", MountPath = SharedMemoryPath });
    }
}
