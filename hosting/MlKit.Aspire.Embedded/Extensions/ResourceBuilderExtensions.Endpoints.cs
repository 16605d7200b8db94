using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    /// <summary>Changes an endpoint, and declares it where it is not there.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="endpointName">The name of the endpoint.</param>
    /// <param name="callback">Changes it.</param>
    /// <param name="createIfNotExists">Whether it is declared where it is not there; otherwise nothing happens.</param>
    public static IResourceBuilder<T> WithEndpoint<T>(this IResourceBuilder<T> builder, [EndpointName] string endpointName, Action<EndpointAnnotation> callback, bool createIfNotExists = true)
        where T : IResourceWithEndpoints
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(endpointName);
        ArgumentNullException.ThrowIfNull(callback);
        var endpoint = builder.FindEndpoint(endpointName);
        if (endpoint is null && createIfNotExists)
        {
            endpoint = new EndpointAnnotation(ProtocolType.Tcp, name: endpointName);
            callback(endpoint);
            return builder.AddEndpoint(endpoint);
        }

        if (endpoint is not null)
        {
            callback(endpoint);
        }

        return builder;
    }

    /// <summary>Declares an endpoint, or changes the one of that name.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="port">The port that callers use; null lets the host choose.</param>
    /// <param name="targetPort">The port that the process listens on; null lets the host choose.</param>
    /// <param name="scheme">The scheme of its URL; the default is the protocol.</param>
    /// <param name="name">The name; the default is the scheme.</param>
    /// <param name="env">A variable that receives the port that the process listens on.</param>
    /// <param name="isProxied">Whether the host stands between callers and the process.</param>
    /// <param name="isExternal">Whether it is reachable from outside when published.</param>
    /// <param name="protocol">The transport protocol of the socket; the default is TCP.</param>
    public static IResourceBuilder<T> WithEndpoint<T>(this IResourceBuilder<T> builder, int? port = default, int? targetPort = default, string? scheme = null, [EndpointName] string? name = null, string? env = null, bool? isProxied = default, bool? isExternal = default, ProtocolType? protocol = default)
        where T : IResourceWithEndpoints
    {
        ArgumentNullException.ThrowIfNull(builder);
        ThrowIfNoPort(port, nameof(port));
        ThrowIfNoPort(targetPort, nameof(targetPort));
        var created = new EndpointAnnotation(
            protocol ?? ProtocolType.Tcp,
            scheme,
            name: name,
            port: port,
            targetPort: targetPort,
            isExternal: isExternal,
            isProxied: isProxied);
        if (builder.FindEndpoint(created.Name) is { } existing)
        {
            Update(existing, port, targetPort, scheme, isProxied, isExternal, protocol);
        }
        else
        {
            builder.AddEndpoint(created);
        }

        return env is null ? builder : builder.PutTargetPort(env, created.Name);
    }

    /// <inheritdoc cref="WithEndpoint{T}(IResourceBuilder{T}, int?, int?, string?, string?, string?, bool?, bool?, ProtocolType?)"/>
    public static IResourceBuilder<T> WithEndpoint<T>(this IResourceBuilder<T> builder, int? port, int? targetPort, string? scheme, [EndpointName] string? name, string? env, bool isProxied, bool? isExternal, ProtocolType? protocol)
        where T : IResourceWithEndpoints => builder.WithEndpoint(port, targetPort, scheme, name, env, (bool?)isProxied, isExternal, protocol);

    /// <inheritdoc cref="WithEndpoint{T}(IResourceBuilder{T}, int?, int?, string?, string?, string?, bool?, bool?, ProtocolType?)"/>
    public static IResourceBuilder<T> WithEndpoint<T>(this IResourceBuilder<T> builder, int? port, int? targetPort, string? scheme, [EndpointName] string? name, string? env, bool? isProxied, bool? isExternal)
        where T : IResourceWithEndpoints => builder.WithEndpoint(port, targetPort, scheme, name, env, isProxied, isExternal, null);

    /// <inheritdoc cref="WithEndpoint{T}(IResourceBuilder{T}, int?, int?, string?, string?, string?, bool?, bool?, ProtocolType?)"/>
    public static IResourceBuilder<T> WithEndpoint<T>(this IResourceBuilder<T> builder, int? port, int? targetPort, string? scheme, [EndpointName] string? name, string? env, bool isProxied, bool? isExternal)
        where T : IResourceWithEndpoints => builder.WithEndpoint(port, targetPort, scheme, name, env, (bool?)isProxied, isExternal, null);

    /// <summary>Declares an http endpoint, or changes the one of that name.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="port">The port that callers use; null lets the host choose.</param>
    /// <param name="targetPort">The port that the process listens on; null lets the host choose.</param>
    /// <param name="name">The name; the default is <c>http</c>.</param>
    /// <param name="env">A variable that receives the port that the process listens on.</param>
    /// <param name="isProxied">Whether the host stands between callers and the process.</param>
    public static IResourceBuilder<T> WithHttpEndpoint<T>(this IResourceBuilder<T> builder, int? port = default, int? targetPort = default, [EndpointName] string? name = null, string? env = null, bool? isProxied = default)
        where T : IResourceWithEndpoints => builder.WithEndpoint(port, targetPort, "http", name, env, isProxied, null, null);

    /// <inheritdoc cref="WithHttpEndpoint{T}(IResourceBuilder{T}, int?, int?, string?, string?, bool?)"/>
    public static IResourceBuilder<T> WithHttpEndpoint<T>(this IResourceBuilder<T> builder, int? port, int? targetPort, [EndpointName] string? name, string? env, bool isProxied)
        where T : IResourceWithEndpoints => builder.WithHttpEndpoint(port, targetPort, name, env, (bool?)isProxied);

    /// <summary>Declares an https endpoint, or changes the one of that name.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="port">The port that callers use; null lets the host choose.</param>
    /// <param name="targetPort">The port that the process listens on; null lets the host choose.</param>
    /// <param name="name">The name; the default is <c>https</c>.</param>
    /// <param name="env">A variable that receives the port that the process listens on.</param>
    /// <param name="isProxied">Whether the host stands between callers and the process.</param>
    public static IResourceBuilder<T> WithHttpsEndpoint<T>(this IResourceBuilder<T> builder, int? port = default, int? targetPort = default, [EndpointName] string? name = null, string? env = null, bool? isProxied = default)
        where T : IResourceWithEndpoints => builder.WithEndpoint(port, targetPort, "https", name, env, isProxied, null, null);

    /// <inheritdoc cref="WithHttpsEndpoint{T}(IResourceBuilder{T}, int?, int?, string?, string?, bool?)"/>
    public static IResourceBuilder<T> WithHttpsEndpoint<T>(this IResourceBuilder<T> builder, int? port, int? targetPort, [EndpointName] string? name, string? env, bool isProxied)
        where T : IResourceWithEndpoints => builder.WithHttpsEndpoint(port, targetPort, name, env, (bool?)isProxied);

    /// <summary>Makes the http and https endpoints that exist now reachable from outside when published.</summary>
    /// <param name="builder">The resource.</param>
    public static IResourceBuilder<T> WithExternalHttpEndpoints<T>(this IResourceBuilder<T> builder)
        where T : IResourceWithEndpoints
    {
        ArgumentNullException.ThrowIfNull(builder);
        foreach (var endpoint in builder.Resource.Annotations.OfType<EndpointAnnotation>().Where(e => e.UriScheme is "http" or "https"))
        {
            endpoint.IsExternal = true;
        }

        return builder;
    }

    /// <summary>Says that the endpoints speak HTTP/2.</summary>
    /// <param name="builder">The resource.</param>
    public static IResourceBuilder<T> AsHttp2Service<T>(this IResourceBuilder<T> builder)
        where T : IResourceWithEndpoints
    {
        ArgumentNullException.ThrowIfNull(builder);
        foreach (var endpoint in builder.Resource.Annotations.OfType<EndpointAnnotation>())
        {
            endpoint.Transport = "http2";
        }

        return builder.WithAnnotation(new Http2ServiceAnnotation());
    }

    /// <summary>Says whether the host stands between callers and the process, for the endpoints that exist now.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="proxyEnabled">Whether it does.</param>
    public static IResourceBuilder<IResourceWithEndpoints> WithEndpointProxySupport(this IResourceBuilder<IResourceWithEndpoints> builder, bool proxyEnabled)
    {
        ArgumentNullException.ThrowIfNull(builder);
        foreach (var endpoint in builder.Resource.Annotations.OfType<EndpointAnnotation>())
        {
            endpoint.IsProxied = proxyEnabled;
        }

        return builder;
    }

    /// <summary>Refers to an endpoint; it may be declared later.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="name">The name of the endpoint.</param>
    /// <param name="contextNetworkId">The network from which it is reached.</param>
    public static EndpointReference GetEndpoint<T>(this IResourceBuilder<T> builder, [EndpointName] string name, NetworkIdentifier contextNetworkId)
        where T : IResourceWithEndpoints
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Resource.GetEndpoint(name, contextNetworkId);
    }

    /// <summary>Refers to an endpoint; it may be declared later.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="name">The name of the endpoint.</param>
    public static EndpointReference GetEndpoint<T>(this IResourceBuilder<T> builder, [EndpointName] string name)
        where T : IResourceWithEndpoints
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Resource.GetEndpoint(name);
    }

    private static void ThrowIfNoPort(int? port, string name)
    {
        if (port is < 0 or > 65535)
        {
            throw new ArgumentOutOfRangeException(name, port, "A port is between 0 and 65535; leave it out to let the host choose.");
        }
    }

    private static EndpointAnnotation? FindEndpoint<T>(this IResourceBuilder<T> builder, string name)
        where T : IResourceWithEndpoints => builder.Resource.Annotations.OfType<EndpointAnnotation>()
            .FirstOrDefault(e => string.Equals(e.Name, name, StringComparison.OrdinalIgnoreCase));

    private static IResourceBuilder<T> AddEndpoint<T>(this IResourceBuilder<T> builder, EndpointAnnotation endpoint)
        where T : IResourceWithEndpoints
    {
        if (builder.Resource.Annotations.OfType<Http2ServiceAnnotation>().Any())
        {
            endpoint.Transport = "http2";
        }

        return builder.WithAnnotation(endpoint);
    }

    private static void Update(EndpointAnnotation endpoint, int? port, int? targetPort, string? scheme, bool? isProxied, bool? isExternal, ProtocolType? protocol)
    {
        endpoint.Port = port ?? endpoint.Port;
        endpoint.TargetPort = targetPort ?? endpoint.TargetPort;
        endpoint.UriScheme = scheme ?? endpoint.UriScheme;
        endpoint.IsExternal = isExternal ?? endpoint.IsExternal;
        endpoint.Protocol = protocol ?? endpoint.Protocol;
        endpoint.IsExplicitlyProxied = isProxied ?? endpoint.IsExplicitlyProxied;
        endpoint.IsImplicit = false;
    }

    private static IResourceBuilder<T> PutTargetPort<T>(this IResourceBuilder<T> builder, string env, string endpointName)
        where T : IResourceWithEndpoints
    {
        if (builder.Resource is not IResourceWithEnvironment)
        {
            throw new DistributedApplicationException(
                $"The port of endpoint '{endpointName}' cannot be put into '{env}': resource '{builder.Resource.Name}' takes no environment variables.");
        }

        var port = builder.GetEndpoint(endpointName).Property(EndpointProperty.TargetPort);
        return builder.WithAnnotation(new EnvironmentCallbackAnnotation(context => context.EnvironmentVariables[env] = port));
    }
}

/// <summary>Makes endpoints that are declared later speak HTTP/2 too.</summary>
internal sealed class Http2ServiceAnnotation : IResourceAnnotation;
