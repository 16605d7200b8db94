namespace Aspire.Hosting.ApplicationModel;

/// <summary>A name by which other containers reach a container.</summary>
/// <param name="alias">The name.</param>
public sealed class ContainerNetworkAliasAnnotation(string alias) : IResourceAnnotation
{
    /// <summary>The name.</summary>
    public string Alias { get; } = alias ?? throw new ArgumentNullException(nameof(alias));

    /// <summary>The network.</summary>
    public NetworkIdentifier Network { get; init; } = KnownNetworkIdentifiers.DefaultAspireContainerNetwork;
}
