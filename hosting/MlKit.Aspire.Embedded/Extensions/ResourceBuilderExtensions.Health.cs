using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using MlKit.Aspire.Embedded.Ports;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    /// <summary>Makes a registered health check say whether the resource is healthy.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="key">The name of the registration in <c>builder.Services.AddHealthChecks()</c>.</param>
    /// <exception cref="DistributedApplicationException">The resource has that check.</exception>
    public static IResourceBuilder<T> WithHealthCheck<T>(this IResourceBuilder<T> builder, string key)
        where T : IResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(key);
        if (builder.Resource.Annotations.OfType<HealthCheckAnnotation>().Any(a => a.Key == key))
        {
            throw new DistributedApplicationException($"Resource '{builder.Resource.Name}' already has a health check with key '{key}'.");
        }

        return builder.WithAnnotation(new HealthCheckAnnotation(key));
    }

    /// <summary>Makes an HTTP GET say whether the resource is healthy.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="path">The path; the default is <c>/</c>.</param>
    /// <param name="statusCode">The status that means healthy; the default is 200.</param>
    /// <param name="endpointName">The endpoint; the default is https, then http.</param>
    /// <exception cref="DistributedApplicationException">There is no such endpoint.</exception>
    public static IResourceBuilder<T> WithHttpHealthCheck<T>(this IResourceBuilder<T> builder, string? path = null, int? statusCode = default, [EndpointName] string? endpointName = null)
        where T : IResourceWithEndpoints
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithHttpHealthCheck(HttpEndpoints.Selector(builder.Resource, endpointName, "HTTP health check"), path, statusCode);
    }

    /// <summary>Makes an HTTP GET say whether the resource is healthy.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="endpointSelector">Chooses the endpoint; null means https, then http.</param>
    /// <param name="path">The path; the default is <c>/</c>.</param>
    /// <param name="statusCode">The status that means healthy; the default is 200.</param>
    /// <exception cref="DistributedApplicationException">There is no such endpoint.</exception>
    public static IResourceBuilder<T> WithHttpHealthCheck<T>(this IResourceBuilder<T> builder, Func<EndpointReference>? endpointSelector, string? path = null, int? statusCode = default)
        where T : IResourceWithEndpoints
    {
        ArgumentNullException.ThrowIfNull(builder);
        var select = endpointSelector ?? HttpEndpoints.Selector(builder.Resource, null, "HTTP health check");
        var endpoint = HttpEndpoints.Checked(select(), "HTTP health check");
        var (checkedPath, status) = (path ?? "/", statusCode ?? 200);
        var key = string.Create(CultureInfo.InvariantCulture, $"{builder.Resource.Name}_{endpoint.EndpointName}_{checkedPath}_{status}_check");
        builder.WithHealthCheck(key).WithAnnotation(new HttpHealthCheckAnnotation(endpoint.EndpointName, checkedPath, status));
        builder.ApplicationBuilder.Services.AddHealthChecks().Add(new HealthCheckRegistration(
            key,
            _ => new HttpEndpointHealthCheck(_ => new(new Uri(new Uri(endpoint.Url), checkedPath)), status),
            failureStatus: null,
            tags: null));
        return builder;
    }

    /// <summary>Makes an HTTPS GET say whether the resource is healthy.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="path">The path; the default is <c>/</c>.</param>
    /// <param name="statusCode">The status that means healthy; the default is 200.</param>
    /// <param name="endpointName">The endpoint; the default is https.</param>
    [Obsolete("Use WithHttpHealthCheck instead.")]
    public static IResourceBuilder<T> WithHttpsHealthCheck<T>(this IResourceBuilder<T> builder, string? path = null, int? statusCode = default, [EndpointName] string? endpointName = null)
        where T : IResourceWithEndpoints => builder.WithHttpHealthCheck(path, statusCode, endpointName ?? "https");

    /// <summary>Adds a probe by HTTP GET for orchestrators, and the same check for this host.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="type">What the answer decides.</param>
    /// <param name="path">The path; the default is <c>/</c>.</param>
    /// <param name="initialDelaySeconds">Seconds before the first probe; the default is 5.</param>
    /// <param name="periodSeconds">Seconds between probes; the default is 5.</param>
    /// <param name="timeoutSeconds">Seconds after which a probe has failed; the default is 1.</param>
    /// <param name="failureThreshold">Failures in a row that count; the default is 3.</param>
    /// <param name="successThreshold">Successes in a row that count; the default is 1.</param>
    /// <param name="endpointName">The endpoint; the default is https, then http.</param>
    [Experimental("ASPIREPROBES001")]
    public static IResourceBuilder<T> WithHttpProbe<T>(this IResourceBuilder<T> builder, ProbeType type, string? path = null, int? initialDelaySeconds = default, int? periodSeconds = default, int? timeoutSeconds = default, int? failureThreshold = default, int? successThreshold = default, [EndpointName] string? endpointName = null)
        where T : IResourceWithEndpoints, IResourceWithProbes
    {
        ArgumentNullException.ThrowIfNull(builder);
        var selector = HttpEndpoints.Selector(builder.Resource, endpointName, "HTTP probe");
        return builder.WithHttpProbe(type, selector, path, initialDelaySeconds, periodSeconds, timeoutSeconds, failureThreshold, successThreshold);
    }

    /// <summary>Adds a probe by HTTP GET for orchestrators, and the same check for this host.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="type">What the answer decides.</param>
    /// <param name="endpointSelector">Chooses the endpoint; null means https, then http.</param>
    /// <param name="path">The path; the default is <c>/</c>.</param>
    /// <param name="initialDelaySeconds">Seconds before the first probe; the default is 5.</param>
    /// <param name="periodSeconds">Seconds between probes; the default is 5.</param>
    /// <param name="timeoutSeconds">Seconds after which a probe has failed; the default is 1.</param>
    /// <param name="failureThreshold">Failures in a row that count; the default is 3.</param>
    /// <param name="successThreshold">Successes in a row that count; the default is 1.</param>
    [Experimental("ASPIREPROBES001")]
    public static IResourceBuilder<T> WithHttpProbe<T>(this IResourceBuilder<T> builder, ProbeType type, Func<EndpointReference>? endpointSelector, string? path = null, int? initialDelaySeconds = default, int? periodSeconds = default, int? timeoutSeconds = default, int? failureThreshold = default, int? successThreshold = default)
        where T : IResourceWithEndpoints, IResourceWithProbes
    {
        ArgumentNullException.ThrowIfNull(builder);
        var select = endpointSelector ?? HttpEndpoints.Selector(builder.Resource, null, "HTTP probe");
        var probe = new EndpointProbeAnnotation
        {
            Type = type,
            EndpointReference = HttpEndpoints.Checked(select(), "HTTP probe"),
            Path = path ?? "/",
            InitialDelaySeconds = initialDelaySeconds ?? 5,
            PeriodSeconds = periodSeconds ?? 5,
            TimeoutSeconds = timeoutSeconds ?? 1,
            FailureThreshold = failureThreshold ?? 3,
            SuccessThreshold = successThreshold ?? 1,
        };

        // One probe of each type: the later one counts.
        foreach (var earlier in builder.Resource.Annotations.OfType<ProbeAnnotation>().Where(p => p.Type == type).ToList())
        {
            builder.Resource.Annotations.Remove(earlier);
        }

        return builder.WithAnnotation(probe).WithHttpHealthCheck(select, path);
    }
}
