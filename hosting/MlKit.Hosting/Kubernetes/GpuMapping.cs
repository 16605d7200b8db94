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
    private const string Tpu = "google.com/tpu";
    private const string RequireGpu = "MLKIT__SCORER__REQUIREGPU";

    public static void Apply(IResource resource, KubernetesResource objects)
    {
        if (resource.Annotations.OfType<GpuAnnotation>().LastOrDefault() is { Count: > 0 } gpu)
        {
            ApplyGpu(gpu, objects);
        }
        else if (resource.Annotations.OfType<TpuAnnotation>().LastOrDefault() is { } tpu)
        {
            ApplyTpu(tpu, objects);
        }
    }

    private static void ApplyGpu(GpuAnnotation gpu, KubernetesResource objects)
    {
        var pod = objects.Workload!.PodTemplate.Spec;
        var container = pod.Containers[0];
        pod.RuntimeClassName ??= gpu.Options.RuntimeClass;
        if (gpu.Options.DeviceClass is not null)
        {
            GpuClaim.Apply(gpu, objects);
        }
        else
        {
            container.Resources ??= new ResourceRequirementsV1();
            container.Resources.Limits[gpu.ResourceName] = gpu.Count.ToString(CultureInfo.InvariantCulture);
            Place(pod, gpu.Options);
        }

        // The taint carries the name of whole GPUs, also where slices of them are handed out.
        var taint = gpu.Options.Vendor == GpuVendor.Nvidia ? "nvidia.com/gpu" : gpu.ResourceName;
        pod.Tolerations.Add(new TolerationV1 { Key = taint, Operator = "Exists", Effect = "NoSchedule" });
        if (gpu.Options.RequireGpu)
        {
            container.Env.Add(new EnvVarV1 { Name = RequireGpu, Value = "true" });
        }

        ShareMemory(pod, container);
        RollWithoutSpare(objects.Workload);
    }

    private static void ApplyTpu(TpuAnnotation tpu, KubernetesResource objects)
    {
        var pod = objects.Workload!.PodTemplate.Spec;
        var container = pod.Containers[0];
        container.Resources ??= new ResourceRequirementsV1();
        container.Resources.Limits[Tpu] = tpu.Chips.ToString(CultureInfo.InvariantCulture);
        pod.NodeSelector["cloud.google.com/gke-tpu-accelerator"] = tpu.Accelerator;
        pod.NodeSelector["cloud.google.com/gke-tpu-topology"] = tpu.Topology;
        pod.Tolerations.Add(new TolerationV1 { Key = Tpu, Operator = "Exists", Effect = "NoSchedule" });
        ShareMemory(pod, container);
        RollWithoutSpare(objects.Workload);
    }

    private static void Place(PodSpecV1 pod, GpuOptions options)
    {
        if (options.Product is { } product)
        {
            pod.NodeSelector[options.Vendor == GpuVendor.Amd ? "amd.com/gpu.product-name" : "nvidia.com/gpu.product"] = product;
        }

        if (options.MinimumMemory is { } memory)
        {
            var term = new NodeSelectorTermV1
            {
                MatchExpressions =
                {
                    new NodeSelectorRequirementV1
                    {
                        Key = "nvidia.com/gpu.memory",
                        Operator = "Gt",
                        Values = { (memory - 1).ToString(CultureInfo.InvariantCulture) },
                    },
                },
            };
            (pod.Affinity ??= new AffinityV1()).NodeAffinity.RequiredDuringSchedulingIgnoredDuringExecution.NodeSelectorTerms.Add(term);
        }
    }

    // A container's own shared memory has 64 MiB.
    private static void ShareMemory(PodSpecV1 pod, ContainerV1 container)
    {
        pod.Volumes.Add(new VolumeV1 { Name = "shm", EmptyDir = new() { Medium = "Memory", SizeLimit = SharedMemorySize } });
        container.VolumeMounts.Add(new VolumeMountV1 { Name = "shm", MountPath = SharedMemoryPath });
    }

    // With no spare accelerator a new pod can only start when an old one has gone.
    private static void RollWithoutSpare(Workload workload)
    {
        if (workload is Deployment deployment)
        {
            deployment.Spec.Strategy.RollingUpdate.MaxSurge = 0;
            deployment.Spec.Strategy.RollingUpdate.MaxUnavailable = 1;
        }
    }
}
