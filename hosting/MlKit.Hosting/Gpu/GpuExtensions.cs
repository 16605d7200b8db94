using System.Text.RegularExpressions;
using Aspire.Hosting.ApplicationModel;
using MlKit.Hosting;
using MlKit.Hosting.Kubernetes;

namespace Aspire.Hosting;

/// <summary>Asks for accelerators.</summary>
public static partial class GpuExtensions
{
    private const int Most = 16;

    /// <summary>
    /// Gives each pod of the resource <paramref name="count"/> accelerators: the limit, the toleration of tainted GPU
    /// nodes, equal requests and limits, and shared memory. On this machine a service uses the GPU that it sees.
    /// </summary>
    /// <param name="builder">The resource.</param>
    /// <param name="count">Whole accelerators (or MIG slices) of each pod, 0 to 16.</param>
    /// <param name="configure">Vendor, MIG profile, product, runtime class.</param>
    /// <exception cref="DistributedApplicationException">The count or the MIG profile is none that exists.</exception>
    /// <example><code>scorer.WithGpu(1, gpu => gpu.MigProfile = "1g.10gb")</code></example>
    public static IResourceBuilder<T> WithGpu<T>(
        this IResourceBuilder<T> builder, int count = 1, Action<GpuOptions>? configure = null)
        where T : IComputeResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        var options = new GpuOptions();
        configure?.Invoke(options);
        if (count is < 0 or > Most)
        {
            throw new DistributedApplicationException(
                $"Resource '{builder.Resource.Name}': WithGpu({count}) is not possible; 0 to {Most} accelerators are allowed.");
        }

        if (options.MigProfile is { } profile && (options.Vendor != GpuVendor.Nvidia || !MigPattern().IsMatch(profile)))
        {
            throw new DistributedApplicationException(
                $"Resource '{builder.Resource.Name}': WithGpu MigProfile '{profile}' is not possible; allowed are NVIDIA's profiles "
                + "in the form SLICESg.MEMORYgb, such as 1g.10gb, with 1, 2, 3, 4 or 7 slices.");
        }

        return builder.WithAnnotation(new GpuAnnotation(count, options), ResourceAnnotationMutationBehavior.Replace).MapToKubernetes();
    }

    [GeneratedRegex(@"^[12347]g\.\d{1,3}gb$")]
    private static partial Regex MigPattern();
}
