using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using MlKit.Hosting;
using MlKit.Hosting.Kubernetes;

namespace Aspire.Hosting;

/// <summary>Asks for accelerators.</summary>
public static class GpuExtensions
{
    private const int Most = 16;

    /// <summary>
    /// Gives each pod of the resource <paramref name="count"/> accelerators: the limit, the toleration of tainted GPU
    /// nodes, equal requests and limits, and shared memory. On this machine a service uses the GPU that it sees.
    /// </summary>
    /// <param name="builder">The resource.</param>
    /// <param name="count">Whole accelerators (or MIG slices) of each pod, 0 to 16.</param>
    /// <param name="configure">Vendor, MIG profile, sharing, memory, product, runtime class, device class.</param>
    /// <exception cref="DistributedApplicationException">The count or an option is none that exists.</exception>
    /// <example><code>scorer.WithGpu(1, gpu => gpu.MigProfile = "1g.10gb")</code></example>
    public static IResourceBuilder<T> WithGpu<T>(
        this IResourceBuilder<T> builder, int count = 1, Action<GpuOptions>? configure = null)
        where T : IComputeResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        var options = new GpuOptions();
        configure?.Invoke(options);
        var resource = builder.Resource;
        Refusal.Unless(count is >= 0 and <= Most, resource, $"WithGpu({count})", $"0 to {Most} accelerators are allowed");
        Require(resource, options);
        Refusal.Unless(
            options.Sharing == GpuSharing.None || count <= 1, resource, $"WithGpu({count}) with Sharing {options.Sharing}",
            "a pod gets one share of a GPU; a second one would not be twice as much");
        return builder.WithAnnotation(new GpuAnnotation(count, options), ResourceAnnotationMutationBehavior.Replace).MapToKubernetes();
    }

    /// <summary>Refuses a part of an accelerator with a message that says what there is in its place.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="count">A whole number.</param>
    /// <param name="configure">Which accelerators.</param>
    /// <exception cref="DistributedApplicationException">The count is no whole number, or out of range.</exception>
    public static IResourceBuilder<T> WithGpu<T>(this IResourceBuilder<T> builder, double count, Action<GpuOptions>? configure = null)
        where T : IComputeResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        var isWhole = count is >= int.MinValue and <= int.MaxValue && Math.Truncate(count) == count;
        Refusal.Unless(
            isWhole, builder.Resource, string.Create(CultureInfo.InvariantCulture, $"WithGpu({count})"),
            $"0 to {Most} whole accelerators are allowed; for a part of one use MigProfile or Sharing");
        return builder.WithGpu((int)count, configure);
    }

    private static void Require(IResource resource, GpuOptions options)
    {
        Refusal.Unless(
            Enum.IsDefined(options.Vendor) && Enum.IsDefined(options.Sharing), resource,
            $"WithGpu with Vendor {options.Vendor} and Sharing {options.Sharing}", "use a value of GpuVendor and of GpuSharing");
        if (options.MigProfile is { } profile)
        {
            Refusal.Unless(
                options.Vendor == GpuVendor.Nvidia && MigProfiles.IsKnown(profile), resource, $"WithGpu with MigProfile '{profile}'",
                $"NVIDIA's profiles have the form SLICESg.MEMORYgb: {MigProfiles.All}");
        }

        Refusal.Unless(
            options.Sharing == GpuSharing.None || (options.Vendor == GpuVendor.Nvidia && options.MigProfile is null), resource,
            $"WithGpu with Sharing {options.Sharing}", "only whole NVIDIA GPUs are shared: no MigProfile, Vendor Nvidia");
        Refusal.Unless(
            options.MinimumMemory is null or >= 1 and <= 1024 * 1024, resource, $"WithGpu with MinimumMemory {options.MinimumMemory}",
            "1 to 1048576 MiB are allowed");
        Refusal.Unless(
            options.DeviceClass is null || options is { MigProfile: null, Sharing: GpuSharing.None }, resource,
            $"WithGpu with DeviceClass '{options.DeviceClass}'", "a resource claim takes no MigProfile or Sharing; choose a device class for it");
    }
}
