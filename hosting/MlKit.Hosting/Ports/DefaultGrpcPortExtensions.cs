using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>A second port of a service, for gRPC without TLS.</summary>
public static class DefaultGrpcPortExtensions
{
    /// <summary>
    /// Adds an endpoint named <c>grpc</c> on a default port (see <see cref="DefaultPortExtensions.WithDefaultHttpPort"/>)
    /// and tells the service the port through <paramref name="env"/>. Its scheme is <c>grpc</c>, so that it is not among
    /// the addresses on which ASP.NET Core listens for HTTP/1.1.
    /// </summary>
    /// <param name="builder">The resource that listens.</param>
    /// <param name="port">The port to prefer, 1 to 65535.</param>
    /// <param name="env">The variable that receives the port to listen on.</param>
    public static IResourceBuilder<T> WithDefaultGrpcPort<T>(this IResourceBuilder<T> builder, int port, string env)
        where T : IResourceWithEndpoints
    {
        const string name = "grpc";
        var application = builder.ApplicationBuilder;
        return application.ExecutionContext.IsPublishMode
            ? builder.WithEndpoint(port: port, targetPort: port, scheme: "grpc", name: name, env: env)
            : builder.WithEndpoint(
                port: application.ChoosePort(builder.Resource.Name, name, port), scheme: "grpc", name: name, env: env);
    }
}
