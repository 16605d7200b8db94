using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>What every embedded server needs from the host, whichever server it is.</summary>
internal static class EmbeddedServiceExtensions
{
    private const string Container = "Containers";

    /// <summary>Whether third-party parts run as containers: always when publishing, else by <c>MlKit:RunMode</c>.</summary>
    /// <exception cref="DistributedApplicationException">The mode is neither Embedded nor Containers.</exception>
    public static bool WantsContainers(this IDistributedApplicationBuilder builder)
    {
        if (builder.ExecutionContext.IsPublishMode)
        {
            return true;
        }

        var mode = builder.Configuration["MlKit:RunMode"];
        if (string.IsNullOrEmpty(mode) || mode.Equals("Embedded", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        return mode.Equals(Container, StringComparison.OrdinalIgnoreCase)
            ? true
            : throw new DistributedApplicationException(
                $"MlKit:RunMode is '{mode}'; allowed are Embedded (the default) and {Container}.");
    }

    /// <summary>Adds the process of an embedded server, listening on loopback, with state and telemetry.</summary>
    public static IResourceBuilder<T> AddEmbeddedServer<T>(
        this IDistributedApplicationBuilder builder, T resource, EmbeddedService service)
        where T : ExecutableResource =>
        builder.AddResource(resource)
            .WithAnnotation(service)
            .WithArgs(service.Arguments)
            .WithState()
            .WithOtlpExporter();

    /// <summary>Makes ASP.NET Core listen where the host says, on loopback only.</summary>
    public static IResourceBuilder<T> ListensOnHttp<T>(this IResourceBuilder<T> builder)
        where T : ExecutableResource
    {
        var http = builder.Resource.GetEndpoint("http");
        return builder.WithEnvironment(
            "ASPNETCORE_URLS", ReferenceExpression.Create($"http://localhost:{http.Property(EndpointProperty.TargetPort)}"));
    }
}
