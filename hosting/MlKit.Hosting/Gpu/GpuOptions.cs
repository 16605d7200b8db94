namespace MlKit.Hosting;

/// <summary>Which accelerators a resource asks for.</summary>
public sealed class GpuOptions
{
    /// <summary>The vendor.</summary>
    public GpuVendor Vendor { get; set; } = GpuVendor.Nvidia;

    /// <summary>
    /// A slice of an NVIDIA GPU in place of a whole one, such as <c>1g.10gb</c> (slices and gigabytes); null for whole
    /// GPUs. The nodes must be partitioned with the MIG strategy <c>mixed</c>.
    /// </summary>
    public string? MigProfile { get; set; }

    /// <summary>The product that nodes must have, as GPU feature discovery labels them; null for any.</summary>
    public string? Product { get; set; }

    /// <summary>The runtime class of the pods, where the vendor's runtime is not the default one; null for the default.</summary>
    public string? RuntimeClass { get; set; }
}
