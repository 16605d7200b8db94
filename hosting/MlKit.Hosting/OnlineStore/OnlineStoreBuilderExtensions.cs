using Aspire.Hosting.ApplicationModel;
using MlKit.Hosting.Kubernetes;

namespace Aspire.Hosting;

/// <summary>Adds the store of online features to an AppHost.</summary>
public static class OnlineStoreBuilderExtensions
{
    private const int DefaultPort = 6379;

    /// <summary>
    /// Adds a Redis-compatible store: on this machine the embedded one (Garnet, a process of its own); with
    /// <c>MlKit:RunMode=Containers</c> and in a published chart the Redis image with a volume. Its password is generated
    /// once and kept.
    /// </summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name, which is also the name of the connection string.</param>
    /// <param name="port">The port on this machine; by default any free one.</param>
    public static IResourceBuilder<IOnlineStoreResource> AddOnlineStore(
        this IDistributedApplicationBuilder builder, string name, int? port = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var password = ParameterResourceBuilderExtensions.CreateDefaultPasswordParameter(
            builder, $"{name}-password", special: false);
        return builder.WantsContainers()
            ? builder.AddContainerStore(name, port, password)
            : builder.AddProcess(name, port, password);
    }

    private static IResourceBuilder<OnlineStoreProcessResource> AddProcess(
        this IDistributedApplicationBuilder builder, string name, int? port, ParameterResource password)
    {
        var service = EmbeddedService.Find(builder, "OnlineStore");
        var store = new OnlineStoreProcessResource(name, service.Command, service.WorkingDirectory, password);
        return builder.AddEmbeddedServer(store, service)
            .WithEndpoint(port: port, scheme: "redis", name: "tcp", env: "MLKIT__ONLINESTORE__PORT")
            .WithHttpEndpoint(name: "http")
            .ListensOnHttp()
            .WithEnvironment("MLKIT__ONLINESTORE__PASSWORD", ReferenceExpression.Create($"{password}"))
            .WithHttpHealthCheck("/health", endpointName: "http");
    }

    private static IResourceBuilder<OnlineStoreContainerResource> AddContainerStore(
        this IDistributedApplicationBuilder builder, string name, int? port, ParameterResource password) =>
        builder.AddResource(new OnlineStoreContainerResource(name, password))
            .WithImage("library/redis", "8.6")
            .WithImageRegistry("docker.io")
            .WithEndpoint(port: port, targetPort: DefaultPort, scheme: "redis", name: "tcp")
            .WithEnvironment("REDIS_PASSWORD", ReferenceExpression.Create($"{password}"))
            .WithEntrypoint("/bin/sh")
            .WithArgs("-c", "exec redis-server --requirepass \"${REDIS_PASSWORD:?the Secret holds no password}\" --dir /data --save 60 1 --appendonly yes --maxmemory-policy noeviction")
            .WithVolume($"{name}-data", "/data")
            .MapToKubernetes();
}
