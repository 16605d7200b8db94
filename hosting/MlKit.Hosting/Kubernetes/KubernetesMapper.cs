using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Kubernetes;

namespace MlKit.Hosting.Kubernetes;

/// <summary>
/// Turns what a resource's annotations ask for into Kubernetes objects, through the hook that Aspire's publisher has for
/// it. The objects hold literals; making values of them is the publisher's part.
/// </summary>
internal static class KubernetesMapper
{
    /// <summary>Maps the resource's annotations when it is published; may be called any number of times.</summary>
    public static IResourceBuilder<T> MapToKubernetes<T>(this IResourceBuilder<T> builder)
        where T : IComputeResource =>
        builder.Resource.Annotations.OfType<Mapped>().Any()
            ? builder
            : builder.WithAnnotation(new Mapped()).PublishAsKubernetesService(objects => Map(builder.Resource, objects));

    /// <summary>Marks a service of the kit's kind, see <see cref="KitServiceAnnotation"/>, and maps it.</summary>
    public static IResourceBuilder<T> AsKitService<T>(this IResourceBuilder<T> builder)
        where T : IComputeResource =>
        builder.WithAnnotation(new KitServiceAnnotation(), ResourceAnnotationMutationBehavior.Replace).MapToKubernetes();

    private static void Map(IResource resource, KubernetesResource objects)
    {
        if (objects.Workload is null)
        {
            return;
        }

        var job = resource.Annotations.OfType<TrainingJobAnnotation>().LastOrDefault();
        var scaling = resource.Annotations.OfType<AutoscalingAnnotation>().LastOrDefault();
        if (job is not null || scaling is not null)
        {
            ScratchState.Apply(objects);
        }

        if (resource.Annotations.OfType<KitServiceAnnotation>().Any())
        {
            SecretFiles.Apply(resource, objects);
            ServiceProbes.Apply(objects);
        }
        else if (resource is MlflowContainerResource)
        {
            MlflowPod.Apply(resource, objects);
        }
        else if (resource is OnlineStoreContainerResource)
        {
            RedisPod.Apply(objects);
        }

        StorageMapping.Apply(resource, objects);
        GateMapping.Apply(resource, objects);
        SizeMapping.Apply(resource, objects.Workload.PodTemplate);
        GpuMapping.Apply(resource, objects);
        VolumeMapping.Apply(resource, objects);
        SchedulingMapping.Apply(resource, objects);
        NetworkMapping.Apply(resource, objects);
        IdentityMapping.Apply(resource, objects);
        MonitoringMapping.Apply(resource, objects);
        if (job is not null)
        {
            JobMapping.Apply(job, objects);
        }
        else if (scaling is not null)
        {
            AutoscalerMapping.Apply(resource, scaling, objects);
        }
    }

    private sealed class Mapped : IResourceAnnotation;
}
