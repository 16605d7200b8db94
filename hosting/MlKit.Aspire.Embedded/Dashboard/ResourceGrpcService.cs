using System.Threading.Channels;
using Aspire.Hosting.ApplicationModel;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Proto = MlKit.Dashboard.ResourceService;

namespace MlKit.Aspire.Embedded.Dashboard;

/// <summary>Answers the dashboard: states, logs, commands.</summary>
internal sealed class ResourceGrpcService(
    string applicationName,
    DistributedApplicationModel model,
    ResourceNotificationService notifications,
    ResourceLoggerService logs,
    ResourceCommandService commands,
    CommandArguments arguments,
    ResourceMessages messages,
    string runId,
    DateTimeOffset startedAt) : Proto.ResourceService.ResourceServiceBase
{
    public override Task<Proto.Application> GetApplication(Proto.GetApplicationRequest request, ServerCallContext context) =>
        Task.FromResult(new Proto.Application
        {
            Name = applicationName,
            RunId = runId,
            StartedAt = Timestamp.FromDateTimeOffset(startedAt),
        });

    public override async Task WatchResources(
        Proto.WatchResourcesRequest request, IServerStreamWriter<Proto.ResourcesUpdate> responseStream, ServerCallContext context)
    {
        var first = new Proto.ResourcesUpdate { IsSnapshot = true };
        first.Upserted.AddRange(notifications.All().Select(messages.Resource));
        await responseStream.WriteAsync(first, context.CancellationToken);
        try
        {
            await foreach (var change in notifications.WatchAsync(context.CancellationToken))
            {
                var update = new Proto.ResourcesUpdate();
                update.Upserted.Add(messages.Resource(change));
                await responseStream.WriteAsync(update, context.CancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The dashboard went away.
        }
    }

    public override async Task WatchLogs(
        Proto.WatchLogsRequest request, IServerStreamWriter<Proto.LogLines> responseStream, ServerCallContext context)
    {
        var ids = request.ResourceId.Length > 0
            ? [request.ResourceId]
            : model.Resources.SelectMany(ResourceInstancesAnnotation.IdsOf).ToList();
        var batches = Channel.CreateBounded<Proto.LogLines>(64);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken);
        var pumps = ids.Select(id => PumpAsync(id, request.Follow, batches.Writer, stop.Token)).ToList();
        _ = Task.WhenAll(pumps).ContinueWith(_ => batches.Writer.TryComplete(), TaskScheduler.Default);
        try
        {
            await foreach (var batch in batches.Reader.ReadAllAsync(stop.Token))
            {
                await responseStream.WriteAsync(batch, stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The dashboard went away.
        }
        finally
        {
            await stop.CancelAsync();
        }
    }

    public override async Task<Proto.ExecuteCommandResponse> ExecuteCommand(Proto.ExecuteCommandRequest request, ServerCallContext context)
    {
        var (given, problems) = await arguments.ReadAsync(request, context.CancellationToken);
        if (problems.Count > 0)
        {
            return new Proto.ExecuteCommandResponse { Kind = "Invalid", Problems = { problems } };
        }

        var result = await commands.ExecuteCommandAsync(request.ResourceId, request.CommandName, given, context.CancellationToken);
        return new Proto.ExecuteCommandResponse
        {
            Kind = result.Success ? "Succeeded" : result.Canceled ? "Canceled" : "Failed",
            Message = result.Message ?? "",
            Value = result.Data?.Value ?? "",
            Format = result.Data?.Format.ToString() ?? "",
        };
    }

    public override async Task<Proto.LoadInputsResponse> LoadInputs(Proto.LoadInputsRequest request, ServerCallContext context) =>
        new() { Inputs = { await arguments.LoadAsync(request, context.CancellationToken) } };

    private async Task PumpAsync(string id, bool follow, ChannelWriter<Proto.LogLines> writer, CancellationToken cancellationToken)
    {
        try
        {
            var source = follow ? logs.Log(id).WatchAsync(cancellationToken) : logs.GetAllAsync(id);
            await foreach (var lines in source)
            {
                var batch = new Proto.LogLines();
                batch.Lines.AddRange(lines.Select(line => ResourceMessages.Line(id, line)));
                await writer.WriteAsync(batch, cancellationToken);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ChannelClosedException)
        {
            // The dashboard went away.
        }
    }
}
