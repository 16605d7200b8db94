using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting;

/// <summary>Adds services that run elsewhere.</summary>
public static class ExternalServiceBuilderExtensions
{
    /// <summary>Adds a service.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The name.</param>
    /// <param name="url">Absolute, with the path <c>/</c> and no query or fragment.</param>
    /// <exception cref="ArgumentException">The URL breaks one of those rules.</exception>
    public static IResourceBuilder<ExternalServiceResource> AddExternalService(this IDistributedApplicationBuilder builder, [ResourceName] string name, string url)
    {
        ArgumentNullException.ThrowIfNull(url);
        return Uri.TryCreate(url, UriKind.Absolute, out var uri)
            ? builder.AddExternalService(name, uri)
            : throw new ArgumentException($"The URL for external service '{name}' is '{url}', which is not an absolute URL.", nameof(url));
    }

    /// <summary>Adds a service.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The name.</param>
    /// <param name="uri">Absolute, with the path <c>/</c> and no query or fragment.</param>
    /// <exception cref="ArgumentException">The URI breaks one of those rules.</exception>
    public static IResourceBuilder<ExternalServiceResource> AddExternalService(this IDistributedApplicationBuilder builder, [ResourceName] string name, Uri uri) =>
        Add(builder, new ExternalServiceResource(name, uri));

    /// <summary>Adds a service whose URL is a parameter.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The name.</param>
    /// <param name="urlParameter">Its value is the URL; checked at the start.</param>
    public static IResourceBuilder<ExternalServiceResource> AddExternalService(this IDistributedApplicationBuilder builder, [ResourceName] string name, IResourceBuilder<ParameterResource> urlParameter)
    {
        ArgumentNullException.ThrowIfNull(urlParameter);
        return Add(builder, new ExternalServiceResource(name, urlParameter.Resource)).WithReferenceRelationship(urlParameter);
    }

    /// <summary>Makes an HTTP GET say whether the service is healthy.</summary>
    /// <param name="builder">The service.</param>
    /// <param name="path">The path; the default is <c>/</c>.</param>
    /// <param name="statusCode">The status that means healthy; the default is 200.</param>
    public static IResourceBuilder<ExternalServiceResource> WithHttpHealthCheck(this IResourceBuilder<ExternalServiceResource> builder, string? path = null, int? statusCode = default)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var (checkedPath, status) = (path ?? "/", statusCode ?? 200);
        var service = builder.Resource;
        if (service.Uri is { Scheme: not ("http" or "https") } uri)
        {
            throw new DistributedApplicationException(
                $"Could not create HTTP health check for external service '{service.Name}': its URL has scheme '{uri.Scheme}'. Allowed: http, https.");
        }

        var key = string.Create(CultureInfo.InvariantCulture, $"{service.Name}_external_{checkedPath}_{status}_check");
        builder.WithHealthCheck(key);
        builder.ApplicationBuilder.Services.AddHealthChecks().Add(new HealthCheckRegistration(
            key,
            _ => new HttpEndpointHealthCheck(async token => new Uri(await ExternalServiceAddress.ReadAsync(service, token).ConfigureAwait(false), checkedPath), status),
            failureStatus: null,
            tags: null));
        return builder;
    }

    private static IResourceBuilder<ExternalServiceResource> Add(IDistributedApplicationBuilder builder, ExternalServiceResource service)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddResource(service)
            .WithInitialState(new CustomResourceSnapshot
            {
                ResourceType = "ExternalService",
                Properties = [new(CustomResourceKnownProperties.Source, service.Uri?.ToString() ?? service.UrlParameter!.Name)],
            })
            .ExcludeFromManifest()
            .OnInitializeResource(LiveAsync);
    }

    private static async Task LiveAsync(ExternalServiceResource service, InitializeResourceEvent started, CancellationToken cancellationToken)
    {
        try
        {
            var uri = await ExternalServiceAddress.ReadAsync(service, cancellationToken).ConfigureAwait(false);
            await started.Notifications.PublishUpdateAsync(service, s => s with
            {
                State = KnownResourceStates.Running,
                Urls = [new UrlSnapshot(null, uri.ToString(), IsInternal: false)],
            }).ConfigureAwait(false);
        }
        catch (DistributedApplicationException e)
        {
            ExternalServiceLog.AddressUnusable(started.Logger, e.Message);
            await started.Notifications.PublishUpdateAsync(service, s => s with
            {
                State = new(KnownResourceStates.FailedToStart, KnownResourceStateStyles.Error),
            }).ConfigureAwait(false);
        }
    }
}
