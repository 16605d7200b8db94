using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Chooses the endpoint of a resource that is meant where an HTTP request is to be sent to it.</summary>
internal static class HttpEndpoints
{
    /// <summary>The endpoint of that name, or else https, or else http.</summary>
    public static Func<EndpointReference> Selector(IResourceWithEndpoints resource, string? endpointName, string purpose) => () =>
    {
        string[] names = endpointName is null ? ["https", "http"] : [endpointName];
        return names.Select(resource.GetEndpoint).FirstOrDefault(e => e.Exists) ?? throw new DistributedApplicationException(
            $"Could not create {purpose} for resource '{resource.Name}' as no endpoint was found matching one of the specified names: {string.Join(", ", names)}");
    };

    /// <exception cref="DistributedApplicationException">The endpoint is not one of http or https.</exception>
    public static EndpointReference Checked(EndpointReference endpoint, string purpose)
    {
        if (!endpoint.Exists)
        {
            throw new DistributedApplicationException(
                $"Could not create {purpose} for resource '{endpoint.Resource.Name}' as it has no endpoint '{endpoint.EndpointName}'.");
        }

        return endpoint.Scheme is "http" or "https" ? endpoint : throw new DistributedApplicationException(
            $"Could not create {purpose} for resource '{endpoint.Resource.Name}' as the endpoint '{endpoint.EndpointName}' has scheme '{endpoint.Scheme}'. Allowed: http, https.");
    }
}
