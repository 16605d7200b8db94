namespace MlKit.Hosting;

/// <summary>Which accelerators a resource asks for.</summary>
/// <example>
/// <code>
/// scorer.WithGpu(1, gpu => gpu.MigProfile = "1g.10gb");
/// scorer.WithGpu(1, gpu => { gpu.Sharing = GpuSharing.TimeSliced; gpu.MinimumMemory = 16 * 1024; });
/// </code>
/// </example>
public sealed class GpuOptions
{
    /// <summary>The vendor.</summary>
    public GpuVendor Vendor { get; set; } = GpuVendor.Nvidia;

    /// <summary>
    /// A slice of an NVIDIA GPU in place of a whole one, such as <c>1g.10gb</c> (slices and gigabytes); null for whole
    /// GPUs. The nodes must be partitioned with the MIG strategy <c>mixed</c>.
    /// </summary>
    public string? MigProfile { get; set; }

    /// <summary>Whether pods share an NVIDIA GPU; the device plugin must be configured for it.</summary>
    public GpuSharing Sharing { get; set; }

    /// <summary>The least memory of the GPU in MiB, by the label of GPU feature discovery; null for any.</summary>
    public int? MinimumMemory { get; set; }

    /// <summary>The product that nodes must have, as GPU feature discovery labels them; null for any.</summary>
    public string? Product { get; set; }

    /// <summary>The runtime class of the pods, where the vendor's runtime is not the default one; null for the default.</summary>
    public string? RuntimeClass { get; set; }

    /// <summary>
    /// The device class of a resource claim (<c>resource.k8s.io/v1</c>, Kubernetes 1.34 and newer), such as
    /// <c>gpu.nvidia.com</c>, in place of an extended resource; null for the extended resource.
    /// </summary>
    public string? DeviceClass { get; set; }

    /// <summary>
    /// The service refuses to start where it sees no GPU (<c>MLKIT__SCORER__REQUIREGPU</c>), in place of falling back to
    /// the CPU.
    /// </summary>
    public bool RequireGpu { get; set; }
}
