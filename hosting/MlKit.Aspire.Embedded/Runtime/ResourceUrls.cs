using System.Collections.Immutable;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Logging;

namespace MlKit.Aspire.Embedded.Runtime;

/// <summary>The addresses that a resource is shown with: one per endpoint, changed by the author's callbacks.</summary>
internal static class ResourceUrls
{
    /// <summary>The addresses, as not yet answering.</summary>
    public static async Task<ImmutableArray<UrlSnapshot>> OfAsync(
        IResource resource, DistributedApplicationExecutionContext execution, ILogger logger, CancellationToken cancellationToken)
    {
        var urls = new List<ResourceUrlAnnotation>();
        if (resource is IResourceWithEndpoints owner)
        {
            urls.AddRange(resource.Annotations.OfType<EndpointAnnotation>()
                .Where(e => e.AllocatedEndpoint is not null)
                .Select(e => new ResourceUrlAnnotation { Url = e.AllocatedEndpoint!.UriString, Endpoint = new EndpointReference(owner, e) }));
        }

        urls.AddRange(resource.Annotations.OfType<ResourceUrlAnnotation>().Where(u => u.Endpoint is null));
        var context = new ResourceUrlsCallbackContext(execution, resource, urls, cancellationToken) { Logger = logger };
        foreach (var callback in resource.Annotations.OfType<ResourceUrlsCallbackAnnotation>().ToList())
        {
            await callback.Callback(context);
        }

        return [.. context.Urls.Select(Snapshot)];
    }

    private static UrlSnapshot Snapshot(ResourceUrlAnnotation url)
    {
        // A relative address belongs to its endpoint: "/docs" of http://localhost:5000.
        var text = url.Endpoint is { IsAllocated: true } endpoint && !Uri.TryCreate(url.Url, UriKind.Absolute, out _)
            ? new Uri(new Uri(endpoint.Url), url.Url).ToString()
            : url.Url;
        return new UrlSnapshot(url.Endpoint?.EndpointName, text, url.DisplayLocation == UrlDisplayLocation.DetailsOnly)
        {
            DisplayProperties = new UrlDisplayPropertiesSnapshot(url.DisplayText ?? "", 0),
            IsInactive = true,
        };
    }
}
