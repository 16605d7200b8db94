using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.ApplicationModel;

public static partial class ResourceExtensions
{
    /// <summary>The endpoints that were declared.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="endpoints">The endpoints.</param>
    public static bool TryGetEndpoints(this IResource resource, [NotNullWhen(true)] out IEnumerable<EndpointAnnotation>? endpoints) =>
        resource.TryGetAnnotationsOfType(out endpoints);

    /// <summary>Refers to an endpoint; it may be declared later.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="endpointName">The name of the endpoint.</param>
    public static EndpointReference GetEndpoint(this IResourceWithEndpoints resource, string endpointName) => new(resource, endpointName);

    /// <summary>Refers to an endpoint as a network sees it; it may be declared later.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="endpointName">The name of the endpoint.</param>
    /// <param name="contextNetworkId">The network.</param>
    public static EndpointReference GetEndpoint(this IResourceWithEndpoints resource, string endpointName, NetworkIdentifier contextNetworkId) =>
        new(resource, endpointName, contextNetworkId);

    /// <summary>Refers to each endpoint that is declared.</summary>
    /// <param name="resource">The resource.</param>
    public static IEnumerable<EndpointReference> GetEndpoints(this IResourceWithEndpoints resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        return resource.Annotations.OfType<EndpointAnnotation>().Select(e => new EndpointReference(resource, e));
    }

    /// <summary>Refers to each endpoint that is declared, as a network sees it.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="contextNetworkId">The network.</param>
    public static IEnumerable<EndpointReference> GetEndpoints(this IResourceWithEndpoints resource, NetworkIdentifier contextNetworkId)
    {
        ArgumentNullException.ThrowIfNull(resource);
        return resource.Annotations.OfType<EndpointAnnotation>().Select(e => new EndpointReference(resource, e, contextNetworkId));
    }
}
