using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

/// <summary>Makes resources send telemetry to the dashboard.</summary>
public static class OtlpConfigurationExtensions
{
    /// <summary>Makes a resource send telemetry, in run mode.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="configuration">Holds the dashboard's addresses.</param>
    /// <param name="environment">In Development telemetry is sent each second, and all of it.</param>
    public static void AddOtlpEnvironment(IResource resource, IConfiguration configuration, IHostEnvironment environment) =>
        AddOtlpEnvironment(resource, configuration, environment, null, onlyIfAvailable: false);

    /// <summary>Makes a resource send telemetry by a given protocol, in run mode.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="configuration">Holds the dashboard's addresses.</param>
    /// <param name="environment">In Development telemetry is sent each second, and all of it.</param>
    /// <param name="protocol">The protocol.</param>
    public static void AddOtlpEnvironment(IResource resource, IConfiguration configuration, IHostEnvironment environment, OtlpProtocol protocol) =>
        AddOtlpEnvironment(resource, configuration, environment, protocol, onlyIfAvailable: false);

    /// <summary>Makes the resource send telemetry, in run mode.</summary>
    /// <param name="builder">The resource.</param>
    public static IResourceBuilder<T> WithOtlpExporter<T>(this IResourceBuilder<T> builder)
        where T : IResourceWithEnvironment => builder.Export(null, onlyIfAvailable: false);

    /// <summary>Makes the resource send telemetry by a given protocol, in run mode.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="protocol">The protocol.</param>
    /// <exception cref="InvalidOperationException">At the start: the dashboard does not take this protocol.</exception>
    public static IResourceBuilder<T> WithOtlpExporter<T>(this IResourceBuilder<T> builder, OtlpProtocol protocol)
        where T : IResourceWithEnvironment => builder.Export(protocol, onlyIfAvailable: false);

    /// <summary>Makes the resource send telemetry by a given protocol, where somebody takes it.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="protocol">The protocol.</param>
    public static IResourceBuilder<T> WithOtlpExporterIfEndpointAvailable<T>(this IResourceBuilder<T> builder, OtlpProtocol protocol)
        where T : IResourceWithEnvironment => builder.Export(protocol, onlyIfAvailable: true);

    private static IResourceBuilder<T> Export<T>(this IResourceBuilder<T> builder, OtlpProtocol? protocol, bool onlyIfAvailable)
        where T : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(builder);
        var application = builder.ApplicationBuilder;
        AddOtlpEnvironment(builder.Resource, application.Configuration, application.Environment, protocol, onlyIfAvailable);
        return builder;
    }

    private static void AddOtlpEnvironment(IResource resource, IConfiguration configuration, IHostEnvironment environment, OtlpProtocol? protocol, bool onlyIfAvailable)
    {
        ArgumentNullException.ThrowIfNull(resource);
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(environment);
        foreach (var earlier in resource.Annotations.OfType<OtlpExporterAnnotation>().ToList())
        {
            resource.Annotations.Remove(earlier);
        }

        resource.Annotations.Add(new OtlpExporterAnnotation { RequiredProtocol = protocol });
        resource.Annotations.Add(new EnvironmentCallbackAnnotation(context =>
        {
            // A published application sends to whatever its environment provides; the publisher says so.
            if (context.ExecutionContext.IsRunMode)
            {
                OtlpEnvironment.Apply(context, configuration, environment, protocol, onlyIfAvailable);
            }
        }));
    }
}

/// <summary>How telemetry is sent.</summary>
public enum OtlpProtocol
{
    /// <summary>gRPC.</summary>
    Grpc = 0,

    /// <summary>HTTP with protobuf.</summary>
    HttpProtobuf = 1,

    /// <summary>HTTP with JSON.</summary>
    HttpJson = 2,
}
