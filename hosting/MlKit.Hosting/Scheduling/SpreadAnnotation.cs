using Aspire.Hosting.ApplicationModel;

namespace MlKit.Hosting;

/// <summary>How pods are spread; the last one on a resource counts.</summary>
/// <param name="topologyKey">The label of nodes by which they are told apart.</param>
/// <param name="maxSkew">By how many pods two places may differ.</param>
/// <param name="required">Whether a pod waits rather than break the rule.</param>
public sealed class SpreadAnnotation(string topologyKey, int maxSkew, bool required) : IResourceAnnotation
{
    /// <summary>The label of nodes by which they are told apart.</summary>
    public string TopologyKey { get; } = topologyKey;

    /// <summary>By how many pods two places may differ.</summary>
    public int MaxSkew { get; } = maxSkew;

    /// <summary>Whether a pod waits rather than break the rule.</summary>
    public bool Required { get; } = required;
}
