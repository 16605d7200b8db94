using Aspire.Hosting.ApplicationModel;
using MlKit.Hosting;
using MlKit.Hosting.Kubernetes;

namespace Aspire.Hosting;

/// <summary>Scales a resource by its load.</summary>
public static class AutoscalingExtensions
{
    private const int Most = 1000;

    /// <summary>
    /// Scales the pods of the resource by their CPU use (HorizontalPodAutoscaler, <c>autoscaling/v2</c>): up at once,
    /// down slowly. On this machine there is one process. A scaled pod keeps nothing: its state folder is scratch space.
    /// </summary>
    /// <param name="builder">The resource.</param>
    /// <param name="min">The least number of pods, at least 1.</param>
    /// <param name="max">The greatest number of pods, above <paramref name="min"/> and at most 1000.</param>
    /// <param name="cpu">The CPU use aimed at, 1 to 100 percent of the request.</param>
    /// <exception cref="DistributedApplicationException">A bound is out of its range.</exception>
    public static IResourceBuilder<T> WithAutoscaling<T>(this IResourceBuilder<T> builder, int min, int max, int cpu = 70)
        where T : IComputeResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (min < 1 || max <= min || max > Most)
        {
            throw new DistributedApplicationException(
                $"Resource '{builder.Resource.Name}': WithAutoscaling(min: {min}, max: {max}) is not possible; min must be at least 1, "
                + $"max above min and at most {Most}.");
        }

        if (cpu is < 1 or > 100)
        {
            throw new DistributedApplicationException(
                $"Resource '{builder.Resource.Name}': WithAutoscaling(cpu: {cpu}) is not possible; 1 to 100 percent are allowed.");
        }

        return builder
            .WithAnnotation(new AutoscalingAnnotation(min, max, cpu), ResourceAnnotationMutationBehavior.Replace)
            .MapToKubernetes();
    }
}
