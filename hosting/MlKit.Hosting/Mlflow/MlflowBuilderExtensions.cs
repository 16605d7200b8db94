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
        var mlflow = new MlflowContainerResource(name);
        var server = builder.AddResource(mlflow)
            .WithImage(MlflowContainerImageTags.Image, MlflowContainerImageTags.Tag)
            .WithImageRegistry(MlflowContainerImageTags.Registry)
            .WithDefaultHttpPort(port, containerPort: DefaultPort)
            .WithArgs(
                "mlflow", "server", "--host=0.0.0.0", $"--port={DefaultPort}", "--serve-artifacts",
                builder.ExecutionContext.IsPublishMode ? AllowedHosts(mlflow) : $"--allowed-hosts={AllowedHosts(name)}")
            .WithEnvironment("MLFLOW_BACKEND_STORE_URI", database.Resource.UriExpression)
            .WithHttpHealthCheck("/health")
            .WaitFor(database)
            .MapToKubernetes();
        return builder.ExecutionContext.IsPublishMode
            ? server.WithSharedArtifacts(ObjectStorage.Of(builder))
            : server
                .WithVolume($"{name}-artifacts", ArtifactPath)
                .WithEnvironment("MLFLOW_ARTIFACTS_DESTINATION", ArtifactPath);
    }

    // Replicas of the server must see the same artifacts, whichever wrote them.
    private static IResourceBuilder<MlflowContainerResource> WithSharedArtifacts(
        this IResourceBuilder<MlflowContainerResource> server, ObjectStorage storage)
    {
        var folder = $"{server.Resource.Name}-artifacts";
        return server
            .WithAnnotation(new SharedFolderAnnotation(folder, ArtifactPath, IsOwner: true))
            .WithEnvironment("MLFLOW_ARTIFACTS_DESTINATION", storage.Location(ArtifactPath, folder))
            .WithEnvironment("MLFLOW_S3_ENDPOINT_URL", storage.Endpoint)
            .WithEnvironment("AWS_DEFAULT_REGION", storage.Region);
    }

    /// <summary>The list inside a cluster, where callers use the name that the publisher gives to the Service.</summary>
    private static ReferenceExpression AllowedHosts(MlflowContainerResource mlflow)
    {
        var service = mlflow.PrimaryEndpoint.Property(EndpointProperty.Host);
        return ReferenceExpression.Create($"--allowed-hosts={AllowedHosts(mlflow.Name)},{service},{service}:*");
    }

    /// <summary>
    /// The Host headers that the server accepts: callers inside the cluster or the container network, and this machine.
    /// Probes send the header <c>localhost</c>, because an explicit list replaces MLflow's own.
    /// </summary>
    private static string AllowedHosts(string name) =>
        $"localhost,localhost:*,{name},{name}:*,{name}-service,{name}-service:*,{name}.dev.internal:*";
}
