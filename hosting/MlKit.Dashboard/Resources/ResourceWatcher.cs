using Grpc.Core;
using MlKit.Dashboard.History;

namespace MlKit.Dashboard.Resources;

/// <summary>Keeps the stores in step with the host: follows its resources and console lines, and reconnects.</summary>
internal sealed partial class ResourceWatcher(
    ResourceServiceCalls host,
    HostConnection connection,
    RunData live,
    RunRecorder recorder,
    TimeProvider time,
    ILogger<ResourceWatcher> logger) : BackgroundService
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!connection.IsConfigured)
        {
            return;
        }

        var delay = FirstDelay;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await FollowAsync(() => delay = FirstDelay, stoppingToken);
            }
            catch (Exception problem) when (problem is RpcException or IOException or HttpRequestException or OperationCanceledException)
            {
                if (stoppingToken.IsCancellationRequested)
                {
                    return;
                }

                LogLost(problem is RpcException rpc ? rpc.Status.Detail : problem.Message, delay.TotalSeconds);
            }

            connection.Disconnected();
            await Task.Delay(delay, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            delay = delay * 2 < LongestDelay ? delay * 2 : LongestDelay;
        }
    }

    // Both streams belong together: when one ends, the other is ended too and both begin anew.
    private async Task FollowAsync(Action connected, CancellationToken stoppingToken)
    {
        var application = await host.GetApplicationAsync(stoppingToken);
        if (connection.Connected(application.Name, application.RunId))
        {
            live.Stores.Console.Clear();
        }

        connected();
        using var both = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        var streams = new[] { FollowResourcesAsync(both.Token), FollowConsoleAsync(both.Token) };
        var first = await Task.WhenAny(streams);
        await both.CancelAsync();
        await Task.WhenAll(streams).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await first;
    }

    private async Task FollowResourcesAsync(CancellationToken cancellationToken)
    {
        await foreach (var update in host.WatchResourcesAsync(cancellationToken))
        {
            live.Stores.Resources.Apply(update.IsSnapshot, update.Upserted.Select(ResourceMapping.ToSnapshot), update.RemovedIds, time.GetUtcNow());
            recorder.Record(update);
        }
    }

    private async Task FollowConsoleAsync(CancellationToken cancellationToken)
    {
        await foreach (var batch in host.WatchLogsAsync(cancellationToken))
        {
            live.Stores.Console.Add(batch.Lines.Select(line => ResourceMapping.ToLine(line, time)));
            recorder.Record(RecordedSignal.Console, batch.Lines.Count, batch);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "No connection to the host's resource service ({Problem}); next try in {Seconds} s")]
    private partial void LogLost(string problem, double seconds);
}
