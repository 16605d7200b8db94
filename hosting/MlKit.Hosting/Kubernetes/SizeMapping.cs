using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Kubernetes.Resources;

namespace MlKit.Hosting.Kubernetes;

/// <summary>Requests and limits of the main container.</summary>
internal static class SizeMapping
{
    private static readonly SizeAnnotation Training = new("2", "4Gi", "4Gi");
    private static readonly SizeAnnotation Accelerated = new("2", "4Gi", "4Gi");

    public static void Apply(IResource resource, PodTemplateSpecV1 template)
    {
        var size = resource.Annotations.OfType<SizeAnnotation>().LastOrDefault() ?? Default(resource);
        if (size is null)
        {
            return;
        }

        var container = template.Spec.Containers[0];
        container.Resources ??= new ResourceRequirementsV1();
        Set(container.Resources, "cpu", size.Cpu);
        Set(container.Resources, "memory", size.Memory);
        if (size.Ephemeral is { } ephemeral)
        {
            Set(container.Resources, "ephemeral-storage", ephemeral);
        }
    }

    private static SizeAnnotation? Default(IResource resource)
    {
        if (resource.Annotations.OfType<GpuAnnotation>().LastOrDefault() is { Count: > 0 } || resource.Annotations.OfType<TpuAnnotation>().Any())
        {
            return Accelerated;
        }

        return resource.Annotations.OfType<TrainingJobAnnotation>().Any() ? Training : null;
    }

    private static void Set(ResourceRequirementsV1 resources, string name, string quantity)
    {
        resources.Requests[name] = quantity;
        resources.Limits[name] = quantity;
    }
}
