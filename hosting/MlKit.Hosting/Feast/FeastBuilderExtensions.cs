using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using MlKit.Hosting;
using MlKit.Hosting.Kubernetes;

namespace Aspire.Hosting;

/// <summary>Adds a feature server to an AppHost, and the feature store to the services that train and serve.</summary>
public static class FeastBuilderExtensions
{
    private const int DefaultPort = 6566;
    private const string SharedPath = "/var/lib/feast";

    /// <summary>
    /// Adds a Feast-compatible feature server over <paramref name="onlineStore"/>: on this machine a process, in a
    /// published chart the image of the same server.
    /// </summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name; clients find the server as <c>http://NAME</c>.</param>
    /// <param name="onlineStore">The store that holds the online features.</param>
    /// <param name="project">Feast's project name: letters, digits and underscores, not starting with an underscore.</param>
    /// <param name="port">The port to prefer on this machine, 1 to 65535.</param>
    public static IResourceBuilder<IFeastResource> AddFeast(
        this IDistributedApplicationBuilder builder,
        string name,
        IResourceBuilder<IOnlineStoreResource> onlineStore,
        string project = "mlkit",
        int port = DefaultPort)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(onlineStore);
        IResourceBuilder<IFeastResource> feast = builder.ExecutionContext.IsPublishMode
            ? builder.AddContainerServer(name, onlineStore.Resource, project, port)
            : builder.AddProcess(name, onlineStore.Resource, project, port);
        return feast.WithFeatureStore(feast).WaitFor(onlineStore);
    }

    /// <summary>
    /// Lets a service use the feature store itself, not only through the server: registry, offline store, project and
    /// online store (<c>MLKIT__FEAST__REGISTRY</c>, <c>__OFFLINE</c>, <c>__PROJECT</c>, <c>ConnectionStrings__redis</c>).
    /// </summary>
    public static IResourceBuilder<T> WithFeatureStore<T>(this IResourceBuilder<T> builder, IResourceBuilder<IFeastResource> feast)
        where T : IResourceWithEnvironment, IComputeResource
    {
        ArgumentNullException.ThrowIfNull(feast);
        var application = builder.ApplicationBuilder;
        builder
            .AsKitService()
            .WithReference(application.CreateResourceBuilder(feast.Resource.OnlineStore), connectionName: "redis")
            .WithEnvironment("MLKIT__FEAST__PROJECT", feast.Resource.Project);
        if (!application.ExecutionContext.IsPublishMode)
        {
            return builder
                .WithEnvironment("MLKIT__FEAST__OFFLINE", application.StatePath(feast.Resource.Name, "offline"))
                .WithEnvironment("MLKIT__FEAST__REGISTRY", application.StatePath(feast.Resource.Name, "registry.db"));
        }

        var storage = ObjectStorage.Of(application);
        var folder = $"{feast.Resource.Name}-store";
        return builder
            .WithAnnotation(new SharedFolderAnnotation(folder, SharedPath, IsOwner: ReferenceEquals(builder.Resource, feast.Resource)))
            .WithEnvironment("MLKIT__FEAST__OFFLINE", storage.Location(SharedPath, folder))
            .WithEnvironment("MLKIT__FEAST__REGISTRY", storage.Location($"{SharedPath}/registry.db", $"{folder}/registry.db"))
            .WithEnvironment("MLKIT__STORAGE__S3__ENDPOINT", storage.Endpoint)
            .WithEnvironment("MLKIT__STORAGE__S3__REGION", storage.Region);
    }

    private static IResourceBuilder<FeastProcessResource> AddProcess(
        this IDistributedApplicationBuilder builder, string name, IOnlineStoreResource store, string project, int port)
    {
        var service = EmbeddedService.Find(builder, "FeatureServer");
        var feast = new FeastProcessResource(name, service.Command, service.WorkingDirectory, store, project);
        return builder.AddEmbeddedServer(feast, service)
            .WithDefaultHttpPort(port)
            .ListensOnHttp()
            .WithHttpHealthCheck("/health");
    }

    private static IResourceBuilder<FeastContainerResource> AddContainerServer(
        this IDistributedApplicationBuilder builder, string name, IOnlineStoreResource store, string project, int port) =>
        builder.AddResource(new FeastContainerResource(name, store, project))
            .WithImage("mlkit/feature-server", "0.1.0")
            .WithDefaultHttpPort(port)
            .WithEnvironment("ASPNETCORE_URLS", string.Create(CultureInfo.InvariantCulture, $"http://+:{port}"))
            .WithEnvironment("MLKIT__STATE__PATH", "/tmp/mlkit")
            .WithHttpHealthCheck("/health")
            .WithOtlpExporter()
            .WithMonitoring(slo => (slo.FeatureAge, slo.FeatureDrift) = (TimeSpan.FromHours(24), 0.2));
}
