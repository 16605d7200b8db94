using Grpc.Core;
using MlKit.Dashboard.Configuration;
using MlKit.Dashboard.ResourceService;
using Client = MlKit.Dashboard.ResourceService.ResourceService.ResourceServiceClient;

namespace MlKit.Dashboard.Resources;

/// <summary>Calls the host's resource service with the key that the host gave.</summary>
internal sealed class ResourceServiceCalls(Client client, DashboardOptions options, TimeProvider time)
{
    private static readonly TimeSpan ShortCall = TimeSpan.FromSeconds(10);
    private readonly Metadata _headers = options.ResourceServiceApiKey is { } key ? new Metadata { { "x-resource-service-api-key", key } } : [];

    /// <summary>What the host says about the application.</summary>
    public async Task<Application> GetApplicationAsync(CancellationToken cancellationToken) =>
        await client.GetApplicationAsync(new GetApplicationRequest(), _headers, time.GetUtcNow().UtcDateTime + ShortCall, cancellationToken);

    /// <summary>The host's resources: all first, then changes.</summary>
    public IAsyncEnumerable<ResourcesUpdate> WatchResourcesAsync(CancellationToken cancellationToken) =>
        ReadAllAsync(client.WatchResources(new WatchResourcesRequest(), _headers, cancellationToken: cancellationToken), cancellationToken);

    /// <summary>The console lines of all resources: the back-log first, then lines as they come.</summary>
    public IAsyncEnumerable<LogLines> WatchLogsAsync(CancellationToken cancellationToken) =>
        ReadAllAsync(client.WatchLogs(new WatchLogsRequest { Follow = true }, _headers, cancellationToken: cancellationToken), cancellationToken);

    /// <summary>Runs a command and waits for its result, however long it takes.</summary>
    public async Task<ExecuteCommandResponse> ExecuteCommandAsync(
        string resourceId, string command, IReadOnlyDictionary<string, string> arguments, CancellationToken cancellationToken)
    {
        var request = new ExecuteCommandRequest { ResourceId = resourceId, CommandName = command };
        foreach (var (name, value) in arguments)
        {
            request.Arguments[name] = value;
        }

        return await client.ExecuteCommandAsync(request, _headers, cancellationToken: cancellationToken);
    }

    /// <summary>What a command asks for, with the choices for what was entered so far.</summary>
    public async Task<IReadOnlyList<ResourceService.CommandInput>> LoadInputsAsync(
        string resourceId, string command, IReadOnlyDictionary<string, string> arguments, CancellationToken cancellationToken)
    {
        var request = new LoadInputsRequest { ResourceId = resourceId, CommandName = command, Arguments = { new Dictionary<string, string>(arguments) } };
        return (await client.LoadInputsAsync(request, _headers, time.GetUtcNow().UtcDateTime + ShortCall, cancellationToken)).Inputs;
    }

    private static async IAsyncEnumerable<T> ReadAllAsync<T>(
        AsyncServerStreamingCall<T> call, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using (call)
        {
            await foreach (var message in call.ResponseStream.ReadAllAsync(cancellationToken))
            {
                yield return message;
            }
        }
    }
}
