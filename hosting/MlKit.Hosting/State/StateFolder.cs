using Aspire.Hosting.ApplicationModel;
using MlKit.Hosting.Kubernetes;

namespace Aspire.Hosting;

/// <summary>Where resources keep what survives a restart: one folder per resource below one root.</summary>
public static class StateFolderExtensions
{
    /// <summary>Where the folder of a resource is mounted in a container.</summary>
    internal const string ContainerPath = "/var/lib/mlkit";

    private const string EnvironmentVariable = "MLKIT__STATE__PATH";

    /// <summary>
    /// Gives the resource a folder of its own. On this machine it is <c>NAME</c> below <c>MlKit:StatePath</c>
    /// (default <c>.mlkit</c> beside the AppHost), in a cluster a volume. The resource finds the path in
    /// <c>MLKIT__STATE__PATH</c>.
    /// </summary>
    public static IResourceBuilder<T> WithState<T>(this IResourceBuilder<T> builder)
        where T : IComputeResource, IResourceWithEnvironment =>
        builder.ApplicationBuilder.ExecutionContext.IsPublishMode
            ? builder.AsKitService().WithVolume($"{builder.Resource.Name}-state", ContainerPath, EnvironmentVariable)
            : builder.WithEnvironment(EnvironmentVariable, builder.ApplicationBuilder.StatePath(builder.Resource.Name));

    /// <summary>The absolute path of a folder below the state root; not created.</summary>
    internal static string StatePath(this IDistributedApplicationBuilder builder, params string[] parts)
    {
        var root = builder.Configuration["MlKit:StatePath"];
        root = string.IsNullOrWhiteSpace(root)
            ? Path.Combine(builder.AppHostDirectory, ".mlkit")
            : Path.GetFullPath(root);
        return Path.Combine([root, .. parts]);
    }
}
