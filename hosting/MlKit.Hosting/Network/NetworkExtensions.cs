using System.Text.RegularExpressions;
using Aspire.Hosting.ApplicationModel;
using MlKit.Hosting;
using MlKit.Hosting.Kubernetes;

namespace Aspire.Hosting;

/// <summary>How a resource is reached in a cluster.</summary>
public static partial class NetworkExtensions
{
    /// <summary>
    /// Publishes the resource under a host name, by an Ingress, or by an HTTPRoute where a Gateway is named. The host, the
    /// certificate and whether it is on at all are values of the chart. On this machine it has no effect.
    /// </summary>
    /// <param name="builder">A resource with an http endpoint.</param>
    /// <param name="host">The host name, such as <c>recommendations.example.com</c>; it may begin with <c>*.</c>.</param>
    /// <param name="tlsSecret">The Secret with the certificate; null for none, for example where a Gateway ends TLS.</param>
    /// <param name="gateway">The Gateway, <c>NAMESPACE/NAME</c> or <c>NAME</c>; null for an Ingress.</param>
    /// <exception cref="DistributedApplicationException">A name is none.</exception>
    /// <example><code>api.WithPublicHost("api.example.com", tlsSecret: "api-tls")</code></example>
    public static IResourceBuilder<T> WithPublicHost<T>(
        this IResourceBuilder<T> builder, string host, string? tlsSecret = null, string? gateway = null)
        where T : IComputeResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        Refusal.Unless(
            host is { Length: <= 253 } && HostPattern().IsMatch(host), builder.Resource, $"WithPublicHost(\"{host}\")",
            "a host name is allowed: lower-case letters, digits, hyphens and dots, such as api.example.com");
        Refusal.Unless(
            tlsSecret is null || NamePattern().IsMatch(tlsSecret), builder.Resource, $"WithPublicHost(tlsSecret: \"{tlsSecret}\")",
            "the name of a Secret is allowed: lower-case letters, digits, hyphens and dots");
        Refusal.Unless(
            gateway is null || (gateway.Split('/') is { Length: 1 or 2 } parts && Array.TrueForAll(parts, part => NamePattern().IsMatch(part))),
            builder.Resource, $"WithPublicHost(gateway: \"{gateway}\")", "NAME or NAMESPACE/NAME of a Gateway is allowed");
        return builder
            .WithAnnotation(new PublicHostAnnotation(host!, tlsSecret, gateway), ResourceAnnotationMutationBehavior.Replace)
            .MapToKubernetes();
    }

    /// <summary>
    /// Lets pods of another namespace call the resource; without it only those call it that refer to it in the AppHost. May
    /// be called once per namespace.
    /// </summary>
    /// <param name="builder">The resource.</param>
    /// <param name="namespace">The namespace of the callers.</param>
    /// <param name="podLabels">Labels that the callers carry; null for all pods of the namespace.</param>
    /// <exception cref="DistributedApplicationException">The namespace is no name.</exception>
    /// <example><code>scorer.AllowCallersFrom("batch", new() { ["app"] = "scoring" })</code></example>
    public static IResourceBuilder<T> AllowCallersFrom<T>(
        this IResourceBuilder<T> builder, string @namespace, Dictionary<string, string>? podLabels = null)
        where T : IComputeResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        Refusal.Unless(
            @namespace is { Length: <= 63 } && LabelPattern().IsMatch(@namespace), builder.Resource, $"AllowCallersFrom(\"{@namespace}\")",
            "the name of a namespace is allowed: at most 63 lower-case letters, digits and hyphens");
        return builder.WithAnnotation(new AllowedCallersAnnotation(@namespace!, podLabels ?? [])).MapToKubernetes();
    }

    /// <summary>
    /// Lets only callers connect that a mesh has identified (Istio's <c>PeerAuthentication</c>, STRICT), where the chart's value
    /// <c>mesh.enabled</c> is on.
    /// </summary>
    /// <example><code>scorer.WithMutualTls()</code></example>
    public static IResourceBuilder<T> WithMutualTls<T>(this IResourceBuilder<T> builder)
        where T : IComputeResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithAnnotation(new MutualTlsAnnotation(), ResourceAnnotationMutationBehavior.Replace).MapToKubernetes();
    }

    [GeneratedRegex(@"^(\*\.)?[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$")]
    private static partial Regex HostPattern();

    [GeneratedRegex("^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$")]
    private static partial Regex NamePattern();

    [GeneratedRegex("^[a-z0-9]([a-z0-9-]*[a-z0-9])?$")]
    private static partial Regex LabelPattern();
}
