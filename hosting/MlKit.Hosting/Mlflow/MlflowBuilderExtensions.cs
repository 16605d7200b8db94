using Aspire.Hosting.ApplicationModel;
using MlKit.Hosting;
using MlKit.Hosting.Kubernetes;

namespace Aspire.Hosting;

/// <summary>Adds experiment tracking, model registry and artifacts to an AppHost.</summary>
public static class MlflowBuilderExtensions
{
    private const int DefaultPort = 5000;
    private const string ArtifactPath = "/mlartifacts";

    /// <summary>
    /// Adds an MLflow server: on this machine the embedded one (SQLite, no installation); with
    /// <c>MlKit:RunMode=Containers</c> and in a published chart the official image on PostgreSQL.
    /// </summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name; clients find the server as <c>http://NAME</c>.</param>
    /// <param name="port">The port to prefer on this machine, 1 to 65535.</param>
    public static IResourceBuilder<IMlflowResource> AddMlflow(
        this IDistributedApplicationBuilder builder, string name, int port = DefaultPort)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WantsContainers() ? builder.AddContainerServer(name, port) : builder.AddProcess(name, port);
    }

    /// <summary>
    /// Publishes MlKit's own server (the image of services/Tracking) in place of the official one, on the same PostgreSQL
    /// and artifacts. The two keep tables of their own: choose before the first run is logged. On this machine nothing
    /// changes.
    /// </summary>
    public static IResourceBuilder<IMlflowResource> WithEmbeddedServer(this IResourceBuilder<IMlflowResource> builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (builder.ApplicationBuilder.ExecutionContext.IsPublishMode && builder.Resource is MlflowContainerResource server)
        {
            builder.ApplicationBuilder.CreateResourceBuilder(server).UseEmbeddedServer();
        }

        return builder;
    }

    private static IResourceBuilder<MlflowProcessResource> AddProcess(
        this IDistributedApplicationBuilder builder, string name, int port)
    {
        var service = EmbeddedService.Find(builder, "Tracking");
        return builder.AddEmbeddedServer(new MlflowProcessResource(name, service.Command, service.WorkingDirectory), service)
            .WithDefaultHttpPort(port)
            .ListensOnHttp()
            .WithHttpHealthCheck("/health");
    }

    private static IResourceBuilder<MlflowContainerResource> AddContainerServer(
        this IDistributedApplicationBuilder builder, string name, int port)
    {
        var postgres = builder.AddPostgres($"{name}-postgres").WithDataVolume($"{name}-postgres-data");
        var database = postgres.AddDatabase($"{name}-db", "mlflow");
        var server = builder.AddResource(new MlflowContainerResource(name))
            .WithDefaultHttpPort(port, containerPort: DefaultPort)
            .WithHttpHealthCheck("/health")
            .WaitFor(database)
            .MapToKubernetes();
        var stores = server.WithArtifacts(database.Resource);
        return server
            .WithOfficialServer(stores, DefaultPort)
            .WithEmbeddedServerSettings(stores, DefaultPort);
    }

    // In a cluster, replicas of the server must see the same artifacts, whichever wrote them.
    private static MlflowStores WithArtifacts(this IResourceBuilder<MlflowContainerResource> server, PostgresDatabaseResource database)
    {
        var folder = $"{server.Resource.Name}-artifacts";
        if (!server.ApplicationBuilder.ExecutionContext.IsPublishMode)
        {
            server.WithVolume(folder, ArtifactPath);
            return new(database, ReferenceExpression.Create($"{ArtifactPath}"), Storage: null);
        }

        var storage = ObjectStorage.Of(server.ApplicationBuilder);
        server.WithAnnotation(new SharedFolderAnnotation(folder, ArtifactPath, IsOwner: true));
        return new(database, storage.Location(ArtifactPath, folder), storage);
    }
}
