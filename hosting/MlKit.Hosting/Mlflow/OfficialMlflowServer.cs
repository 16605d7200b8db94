using System.Globalization;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>What the official MLflow image is told: by arguments, and by variables of MLflow's and of Amazon's client.</summary>
internal static class OfficialMlflowServer
{
    private const string Registry = "ghcr.io";
    private const string Image = "mlflow/mlflow";

    /// <summary>The variant that brings the PostgreSQL driver and clients of object stores.</summary>
    private const string Tag = "v3.9.0-full";

    public static IResourceBuilder<MlflowContainerResource> WithOfficialServer(
        this IResourceBuilder<MlflowContainerResource> builder, MlflowStores stores, int port)
    {
        var server = builder.Resource;
        return builder
            .WithImage(Image, Tag)
            .WithImageRegistry(Registry)
            .WithArgs(context =>
            {
                if (!server.IsEmbeddedServer)
                {
                    AddArguments(context.Args, server, port, context.ExecutionContext.IsPublishMode);
                }
            })
            .WithEnvironment(context =>
            {
                if (!server.IsEmbeddedServer)
                {
                    AddVariables(context.EnvironmentVariables, stores);
                }
            });
    }

    private static void AddArguments(IList<object> arguments, MlflowContainerResource server, int port, bool isPublished)
    {
        foreach (var argument in (string[])["mlflow", "server", "--host=0.0.0.0", string.Create(CultureInfo.InvariantCulture, $"--port={port}"), "--serve-artifacts"])
        {
            arguments.Add(argument);
        }

        arguments.Add(isPublished ? PublishedHosts(server) : $"--allowed-hosts={Hosts(server.Name)}");
    }

    private static void AddVariables(Dictionary<string, object> variables, MlflowStores stores)
    {
        variables["MLFLOW_BACKEND_STORE_URI"] = stores.Database.UriExpression;
        variables["MLFLOW_ARTIFACTS_DESTINATION"] = stores.Artifacts;
        if (stores.Storage is { } storage)
        {
            variables["MLFLOW_S3_ENDPOINT_URL"] = storage.Endpoint;
            variables["AWS_DEFAULT_REGION"] = storage.Region;
        }
    }

    /// <summary>The list inside a cluster, where callers use the name that the publisher gives to the Service.</summary>
    private static ReferenceExpression PublishedHosts(MlflowContainerResource server)
    {
        var service = server.PrimaryEndpoint.Property(EndpointProperty.Host);
        return ReferenceExpression.Create($"--allowed-hosts={Hosts(server.Name)},{service},{service}:*");
    }

    /// <summary>
    /// The Host headers that the server accepts: callers inside the cluster or the container network, and this machine.
    /// Probes send the header <c>localhost</c>, because an explicit list replaces MLflow's own.
    /// </summary>
    private static string Hosts(string name) =>
        $"localhost,localhost:*,{name},{name}:*,{name}-service,{name}-service:*,{name}.dev.internal:*";
}
