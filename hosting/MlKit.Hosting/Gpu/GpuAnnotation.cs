using Aspire.Hosting.ApplicationModel;

namespace MlKit.Hosting;

/// <summary>What accelerators a resource needs; the last one on a resource counts.</summary>
/// <param name="count">How many each pod gets; 0 for none.</param>
/// <param name="options">Which ones.</param>
public sealed class GpuAnnotation(int count, GpuOptions options) : IResourceAnnotation
{
    /// <summary>How many each pod gets; 0 for none.</summary>
    public int Count { get; } = count;

    /// <summary>Which ones.</summary>
    public GpuOptions Options { get; } = options;

    /// <summary>The extended resource of Kubernetes.</summary>
    public string ResourceName => Options switch
    {
        { Vendor: GpuVendor.Amd } => "amd.com/gpu",
        { Vendor: GpuVendor.Intel } => "gpu.intel.com/i915",
        { MigProfile: { } profile } => $"nvidia.com/mig-{profile}",
        { Sharing: not GpuSharing.None } => "nvidia.com/gpu.shared",
        _ => "nvidia.com/gpu",
    };
}
