using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A URL that is shown for a resource.</summary>
public sealed class ResourceUrlAnnotation : IResourceAnnotation
{
    /// <summary>The order among the resource's URLs, highest first.</summary>
    [Obsolete("Set the order by WithUrls instead.")]
    public int? DisplayOrder;

    /// <summary>The URL; where it belongs to an endpoint a relative one is resolved against that.</summary>
    public required string Url { get; set; }

    /// <summary>What is shown instead of the URL.</summary>
    public string? DisplayText { get; set; }

    /// <summary>The endpoint that it belongs to.</summary>
    public EndpointReference? Endpoint { get; init; }

    /// <summary>Where it is shown.</summary>
    public UrlDisplayLocation DisplayLocation { get; set; }
}

/// <summary>Where a URL is shown.</summary>
public enum UrlDisplayLocation
{
    /// <summary>In the table and in the details.</summary>
    SummaryAndDetails = 0,

    /// <summary>In the details.</summary>
    DetailsOnly = 1,
}

/// <summary>Changes the URLs of a resource once its endpoints have addresses.</summary>
public sealed class ResourceUrlsCallbackAnnotation : IResourceAnnotation
{
    /// <summary>Changes the URLs.</summary>
    /// <param name="callback">Gets those set so far and the context.</param>
    public ResourceUrlsCallbackAnnotation(Action<ResourceUrlsCallbackContext> callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        Callback = context =>
        {
            callback(context);
            return Task.CompletedTask;
        };
    }

    /// <summary>Changes the URLs.</summary>
    /// <param name="callback">Gets those set so far and the context.</param>
    public ResourceUrlsCallbackAnnotation(Func<ResourceUrlsCallbackContext, Task> callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        Callback = callback;
    }

    /// <summary>What is called.</summary>
    public Func<ResourceUrlsCallbackContext, Task> Callback { get; }
}

/// <summary>What a URL callback works on.</summary>
/// <param name="executionContext">Run or publish.</param>
/// <param name="resource">The resource.</param>
/// <param name="urls">The URLs set so far.</param>
/// <param name="cancellationToken">Ends the work.</param>
public class ResourceUrlsCallbackContext(DistributedApplicationExecutionContext executionContext, IResource resource, List<ResourceUrlAnnotation>? urls = null, CancellationToken cancellationToken = default)
{
    /// <summary>The resource.</summary>
    public IResource Resource { get; } = resource ?? throw new ArgumentNullException(nameof(resource));

    /// <summary>The URLs.</summary>
    public List<ResourceUrlAnnotation> Urls { get; } = urls ?? [];

    /// <summary>Ends the work.</summary>
    public CancellationToken CancellationToken { get; } = cancellationToken;

    /// <summary>The log of the resource.</summary>
    public ILogger Logger { get; set; } = NullLogger.Instance;

    /// <summary>Run or publish.</summary>
    public DistributedApplicationExecutionContext ExecutionContext { get; } = executionContext ?? throw new ArgumentNullException(nameof(executionContext));

    /// <summary>An endpoint of the resource; null where it can have none.</summary>
    /// <param name="name">The name of the endpoint.</param>
    public EndpointReference? GetEndpoint(string name) => Resource is IResourceWithEndpoints owner ? new EndpointReference(owner, name) : null;

    /// <summary>An endpoint of the resource as a network sees it; null where it can have none.</summary>
    /// <param name="name">The name of the endpoint.</param>
    /// <param name="contextNetworkId">The network.</param>
    public EndpointReference? GetEndpoint(string name, NetworkIdentifier contextNetworkId) =>
        Resource is IResourceWithEndpoints owner ? new EndpointReference(owner, name, contextNetworkId) : null;
}
