using Aspire.Hosting.ApplicationModel;

namespace MlKit.Hosting;

/// <summary>What each pod of a resource asks for and may use; the last one on a resource counts.</summary>
/// <param name="cpu">CPU as a Kubernetes quantity.</param>
/// <param name="memory">Memory as a Kubernetes quantity.</param>
/// <param name="ephemeral">Scratch space as a Kubernetes quantity; null for the default.</param>
public sealed class SizeAnnotation(string cpu, string memory, string? ephemeral) : IResourceAnnotation
{
    /// <summary>CPU as a Kubernetes quantity.</summary>
    public string Cpu { get; } = cpu;

    /// <summary>Memory as a Kubernetes quantity.</summary>
    public string Memory { get; } = memory;

    /// <summary>Scratch space as a Kubernetes quantity; null for the default.</summary>
    public string? Ephemeral { get; } = ephemeral;
}
