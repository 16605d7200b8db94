using Aspire.Hosting.ApplicationModel;

namespace MlKit.Hosting;

/// <summary>The name by which a resource is reached from outside; the last one on a resource counts.</summary>
/// <param name="host">The host name.</param>
/// <param name="tlsSecret">The Secret with the certificate; null for none.</param>
/// <param name="gateway">The Gateway, <c>NAMESPACE/NAME</c> or <c>NAME</c>; null for an Ingress.</param>
public sealed class PublicHostAnnotation(string host, string? tlsSecret, string? gateway) : IResourceAnnotation
{
    /// <summary>The host name.</summary>
    public string Host { get; } = host;

    /// <summary>The Secret with the certificate; null for none.</summary>
    public string? TlsSecret { get; } = tlsSecret;

    /// <summary>The Gateway, <c>NAMESPACE/NAME</c> or <c>NAME</c>; null for an Ingress.</summary>
    public string? Gateway { get; } = gateway;
}
