using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using MlKit.Hosting.Kubernetes;

namespace Aspire.Hosting;

/// <summary>What the image of MlKit's own server (services/Tracking) is told: the settings that it has everywhere.</summary>
internal static class EmbeddedMlflowServer
{
    private const string Image = "mlkit/tracking";
    private const string Tag = "0.1.0";

    /// <summary>The settings, which the container has once <see cref="UseEmbeddedServer"/> chose the server.</summary>
    public static IResourceBuilder<MlflowContainerResource> WithEmbeddedServerSettings(
        this IResourceBuilder<MlflowContainerResource> builder, MlflowStores stores, int port) =>
        builder.WithEnvironment(context =>
        {
            if (builder.Resource.IsEmbeddedServer)
            {
                AddVariables(context.EnvironmentVariables, builder.Resource, stores, port);
            }
        });

    /// <summary>Chooses the server.</summary>
    public static IResourceBuilder<MlflowContainerResource> UseEmbeddedServer(this IResourceBuilder<MlflowContainerResource> builder)
    {
        builder.Resource.IsEmbeddedServer = true;
        return builder.WithImage(Image, Tag).WithImageRegistry(null).WithOtlpExporter().AsKitService();
    }

    private static void AddVariables(
        Dictionary<string, object> variables, MlflowContainerResource server, MlflowStores stores, int port)
    {
        variables["ASPNETCORE_URLS"] = string.Create(CultureInfo.InvariantCulture, $"http://+:{port}");
        variables["MLKIT__STATE__PATH"] = "/tmp/mlkit";
        variables["ConnectionStrings__tracking"] = stores.Database.ConnectionStringExpression;
        variables["MLKIT__TRACKING__ARTIFACTS"] = stores.Artifacts;
        var service = server.PrimaryEndpoint.Property(EndpointProperty.Host);
        variables["MLKIT__TRACKING__ALLOWEDHOSTS"] =
            ReferenceExpression.Create($"{server.Name},{server.Name}-service,{server.Name}.dev.internal,{service}");
        if (stores.Storage is { } storage)
        {
            variables["MLKIT__STORAGE__S3__ENDPOINT"] = storage.Endpoint;
            variables["MLKIT__STORAGE__S3__REGION"] = storage.Region;
        }
    }
}
