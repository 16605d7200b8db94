namespace MlKit.Hosting;

/// <summary>Whose accelerators a resource asks for.</summary>
public enum GpuVendor
{
    /// <summary><c>nvidia.com/gpu</c>.</summary>
    Nvidia = 0,

    /// <summary><c>amd.com/gpu</c>.</summary>
    Amd = 1,

    /// <summary><c>gpu.intel.com/i915</c>.</summary>
    Intel = 2,
}
