namespace MlKit.Hosting;

/// <summary>Whether several pods use one accelerator.</summary>
public enum GpuSharing
{
    /// <summary>Each pod has accelerators of its own.</summary>
    None = 0,

    /// <summary>
    /// Pods take turns (time-slicing of NVIDIA's device plugin, <c>renameByDefault</c>): no isolation of memory or faults.
    /// </summary>
    TimeSliced = 1,

    /// <summary>Pods share by NVIDIA's MPS: memory and compute are capped, faults are shared.</summary>
    Mps = 2,
}
