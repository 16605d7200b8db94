using Aspire.Hosting.ApplicationModel;

namespace MlKit.Hosting;

/// <summary>The TPU slice of each pod; the last one on a resource counts.</summary>
/// <param name="topology">How the chips are arranged, such as <c>2x2</c>.</param>
/// <param name="accelerator">The accelerator of the node pool.</param>
/// <param name="chips">How many chips that is.</param>
public sealed class TpuAnnotation(string topology, string accelerator, int chips) : IResourceAnnotation
{
    /// <summary>How the chips are arranged, such as <c>2x2</c>.</summary>
    public string Topology { get; } = topology;

    /// <summary>The accelerator of the node pool.</summary>
    public string Accelerator { get; } = accelerator;

    /// <summary>How many chips that is.</summary>
    public int Chips { get; } = chips;
}
