namespace Aspire.Hosting.ApplicationModel;

/// <summary>Finds the network that a consumer is in.</summary>
internal static class ValueProviderContextNetwork
{
    /// <summary>The network of <paramref name="context"/>: the one said, else the containers' for a container, else this machine's.</summary>
    public static NetworkIdentifier CallerNetwork(this ValueProviderContext context) =>
        context.Network ?? context.Caller?.DefaultNetwork() ?? KnownNetworkIdentifiers.LocalhostNetwork;

    /// <summary>The network that <paramref name="resource"/> runs in.</summary>
    public static NetworkIdentifier DefaultNetwork(this IResource resource) =>
        resource.Annotations.OfType<ContainerImageAnnotation>().Any()
            ? KnownNetworkIdentifiers.DefaultAspireContainerNetwork
            : KnownNetworkIdentifiers.LocalhostNetwork;
}
