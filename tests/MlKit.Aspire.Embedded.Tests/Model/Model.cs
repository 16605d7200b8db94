using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using MlKit.Aspire.Embedded.Tests.Runtime;

namespace MlKit.Aspire.Embedded.Tests.Model;

/// <summary>Builds models without running them, and reads what their resources would get.</summary>
internal static class Model
{
    /// <summary>A builder in run mode whose state is in <paramref name="folder"/>.</summary>
    public static DistributedApplicationBuilder Run(TemporaryFolder folder, params string[] args) => New(folder, args);

    /// <summary>A builder in publish mode.</summary>
    public static DistributedApplicationBuilder Publish(TemporaryFolder folder, params string[] args) =>
        New(folder, ["--operation", "publish", "--step", "publish", .. args]);

    /// <summary>Gives every endpoint of a resource an address on this machine, and one for containers.</summary>
    public static IResourceBuilder<T> Allocate<T>(this IResourceBuilder<T> builder, int port)
        where T : IResourceWithEndpoints
    {
        foreach (var endpoint in builder.Resource.Annotations.OfType<EndpointAnnotation>())
        {
            endpoint.AllocatedEndpoint = new AllocatedEndpoint(endpoint, "localhost", port, endpoint.TargetPort?.ToString() ?? $"{port}");
            endpoint.AllAllocatedEndpoints.AddOrUpdateAllocatedEndpoint(
                KnownNetworkIdentifiers.DefaultAspireContainerNetwork,
                new AllocatedEndpoint(endpoint, $"{builder.Resource.Name}.dev.internal", endpoint.TargetPort ?? port, EndpointBindingMode.SingleAddress, null, KnownNetworkIdentifiers.DefaultAspireContainerNetwork));
            port++;
        }

        return builder;
    }

    /// <summary>The environment of a resource in the mode of its application.</summary>
    public static async Task<Dictionary<string, string>> EnvironmentOf<T>(IResourceBuilder<T> builder)
        where T : IResourceWithEnvironment
    {
        var values = new Dictionary<string, string>();
        await ConfiguredValues.EnvironmentAsync(
            builder.Resource,
            builder.ApplicationBuilder.ExecutionContext,
            (name, _, value, exception) => values[name] = exception is null ? value! : throw exception,
            Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance,
            TestContext.Current.CancellationToken);
        return values;
    }

    /// <summary>The arguments of a resource in the mode of its application.</summary>
    public static async Task<List<string>> ArgumentsOf<T>(IResourceBuilder<T> builder)
        where T : IResourceWithArgs
    {
        var values = new List<string>();
        await ConfiguredValues.ArgumentsAsync(
            builder.Resource,
            builder.ApplicationBuilder.ExecutionContext,
            (_, value, exception, _) => values.Add(exception is null ? value! : throw exception),
            Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance,
            TestContext.Current.CancellationToken);
        return values;
    }

    /// <summary>Those variables that <paramref name="wanted"/> accepts.</summary>
    public static Dictionary<string, string> Only(this Dictionary<string, string> variables, Func<string, bool> wanted) =>
        variables.Where(v => wanted(v.Key)).ToDictionary();

    private static DistributedApplicationBuilder New(TemporaryFolder folder, string[] args) => new(new DistributedApplicationOptions
    {
        Args = [.. args, "--MlKit:StatePath", Path.Combine(folder.Path, "state"), "--environment", "Development"],
        ProjectDirectory = folder.Path,
        DisableDashboard = true,
    });
}
