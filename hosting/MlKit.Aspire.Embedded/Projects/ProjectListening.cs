using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Tells a .NET project where to listen.</summary>
internal static class ProjectListening
{
    public static void Apply<T>(IResourceBuilder<T> builder, IReadOnlyList<KestrelEndpoint> kestrel)
        where T : class, IResourceWithEnvironment, IResourceWithEndpoints
    {
        if (builder.ApplicationBuilder.ExecutionContext.IsPublishMode)
        {
            builder.WithEnvironment(Publish);
        }
        else if (kestrel.Count > 0)
        {
            builder.WithEnvironment(context => RunKestrel(context, kestrel));
        }
        else
        {
            builder.WithEnvironment(Run);
        }
    }

    // ASP.NET Core listens on these instead of on its default.
    private static void Run(EnvironmentCallbackContext context)
    {
        var endpoints = Endpoints(context.Resource).ToList();
        if (endpoints.Count == 0)
        {
            return;
        }

        var urls = new ReferenceExpressionBuilder();
        foreach (var endpoint in endpoints)
        {
            urls.AppendLiteral(urls.IsEmpty ? string.Empty : ";");
            AppendAddress(urls, endpoint);
        }

        context.EnvironmentVariables.TryAdd("ASPNETCORE_URLS", urls.Build());
        SetHttpsPort(context, endpoints);
    }

    // Where appsettings name endpoints, Kestrel ignores ASPNETCORE_URLS: each endpoint is moved by itself.
    private static void RunKestrel(EnvironmentCallbackContext context, IReadOnlyList<KestrelEndpoint> kestrel)
    {
        var endpoints = Endpoints(context.Resource).ToList();
        foreach (var endpoint in endpoints)
        {
            var declared = kestrel.FirstOrDefault(k => string.Equals(k.Name, endpoint.EndpointName, StringComparison.OrdinalIgnoreCase));
            var address = new ReferenceExpressionBuilder();
            AppendAddress(address, endpoint);
            context.EnvironmentVariables.TryAdd($"Kestrel__Endpoints__{declared?.Name ?? endpoint.EndpointName}__Url", address.Build());
        }

        SetHttpsPort(context, endpoints);
    }

    private static void Publish(EnvironmentCallbackContext context)
    {
        if (!context.Resource.HasAnnotationOfType<DisableForwardedHeadersAnnotation>())
        {
            context.EnvironmentVariables.TryAdd("ASPNETCORE_FORWARDEDHEADERS_ENABLED", "true");
        }

        SetPorts(context, "HTTP_PORTS", "http");
        SetPorts(context, "HTTPS_PORTS", "https");
    }

    private static void SetPorts(EnvironmentCallbackContext context, string variable, string scheme)
    {
        var ports = new ReferenceExpressionBuilder();
        foreach (var endpoint in Endpoints(context.Resource).Where(e => e.Scheme == scheme && !e.EndpointAnnotation.IsImplicit))
        {
            ports.AppendLiteral(ports.IsEmpty ? string.Empty : ";");
            ports.AppendFormatted(endpoint.Property(EndpointProperty.TargetPort));
        }

        if (!ports.IsEmpty)
        {
            context.EnvironmentVariables.TryAdd(variable, ports.Build());
        }
    }

    private static void SetHttpsPort(EnvironmentCallbackContext context, IEnumerable<EndpointReference> endpoints)
    {
        if (endpoints.FirstOrDefault(e => e.IsHttps) is { } https)
        {
            context.EnvironmentVariables.TryAdd("ASPNETCORE_HTTPS_PORT", https.Property(EndpointProperty.Port));
        }
    }

    private static void AppendAddress(ReferenceExpressionBuilder builder, EndpointReference endpoint)
    {
        builder.AppendLiteral($"{endpoint.Scheme}://{endpoint.EndpointAnnotation.TargetHost}:");
        builder.AppendFormatted(endpoint.Property(EndpointProperty.TargetPort));
    }

    private static IEnumerable<EndpointReference> Endpoints(IResource resource)
    {
        var filters = resource.Annotations.OfType<EndpointEnvironmentInjectionFilterAnnotation>().ToList();
        return ((IResourceWithEndpoints)resource).GetEndpoints()
            .Where(e => e.Scheme is "http" or "https" && filters.TrueForAll(f => f.Filter(e.EndpointAnnotation)));
    }
}

/// <summary>Chooses the endpoints that a .NET project is told to listen on.</summary>
internal sealed class EndpointEnvironmentInjectionFilterAnnotation(Func<EndpointAnnotation, bool> filter) : IResourceAnnotation
{
    public Func<EndpointAnnotation, bool> Filter { get; } = filter;
}

/// <summary>Keeps a published .NET project from trusting the headers of a proxy.</summary>
internal sealed class DisableForwardedHeadersAnnotation : IResourceAnnotation;

/// <summary>Marks a resource that has the defaults of a .NET project.</summary>
internal sealed class ProjectDefaultsAnnotation : IResourceAnnotation;
