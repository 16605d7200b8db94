using Aspire.Hosting.ApplicationModel;

namespace MlKit.Aspire.Embedded.Ports;

/// <summary>An HTTP endpoint with several replicas behind it.</summary>
/// <param name="Resource">The resource.</param>
/// <param name="Endpoint">Its endpoint.</param>
/// <param name="Port">The port that callers use.</param>
/// <param name="ReplicaPorts">The ports that the replicas listen on, in their order.</param>
internal sealed record ProxiedEndpoint(IResource Resource, EndpointAnnotation Endpoint, int Port, IReadOnlyList<int> ReplicaPorts)
{
    /// <summary>True where HTTP/2 without TLS is spoken, as gRPC does.</summary>
    public bool IsHttp2 => IsPlainHttp2(Endpoint);

    /// <summary>The health check of the resource on this endpoint, which says which replicas can be used; null where it has none.</summary>
    public HttpHealthCheckAnnotation? Check => Resource.Annotations.OfType<HttpHealthCheckAnnotation>().FirstOrDefault(c => c.EndpointName == Endpoint.Name);

    /// <summary>True where single requests can be told apart: HTTP without TLS.</summary>
    public static bool SpeaksHttp(EndpointAnnotation endpoint) =>
        !endpoint.TlsEnabled && (endpoint.UriScheme == "http" || IsPlainHttp2(endpoint));

    private static bool IsPlainHttp2(EndpointAnnotation endpoint) => endpoint.Transport == "http2" || endpoint.UriScheme == "grpc";
}

/// <summary>An HTTP request that says whether a resource is healthy.</summary>
/// <param name="endpointName">The endpoint that is asked.</param>
/// <param name="path">The path.</param>
/// <param name="statusCode">The status that means healthy.</param>
internal sealed class HttpHealthCheckAnnotation(string endpointName, string path, int statusCode) : IResourceAnnotation
{
    public string EndpointName { get; } = endpointName;

    public string Path { get; } = path;

    public int StatusCode { get; } = statusCode;
}
