using System.Net;

namespace MlKit.Mlflow.Logging;

/// <summary>Takes batches out of the queue and sends them until the server has taken or refused every item.</summary>
internal sealed class BatchSender(MlflowClient client, string runId, LogQueue queue, RunLoggerOptions options)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _end = new();
    private ITimer? _limit;

    /// <summary>From now on an absent server is waited for only so long.</summary>
    public void EndWithin(TimeSpan limit) =>
        _limit = options.TimeProvider.CreateTimer(_ => _end.Cancel(), null, limit, Timeout.InfiniteTimeSpan);

    public async Task RunAsync()
    {
        try
        {
            while (await queue.WaitAsync().ConfigureAwait(false))
            {
                while (queue.Take() is { Count: > 0 } batch)
                {
                    await DeliverAsync(batch).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException)
        {
            var error = new MlflowException(
                "UNREACHABLE", HttpStatusCode.ServiceUnavailable,
                $"{queue.Pending} metrics, params and tags of run {runId} could not be sent: the server did not answer");
            queue.Fail(error);
            throw error;
        }
        finally
        {
            _limit?.Dispose();
        }
    }

    private async Task DeliverAsync(List<LogItem> batch)
    {
        for (var pause = options.RetryDelay; ; pause = Longer(pause))
        {
            _end.Token.ThrowIfCancellationRequested();
            try
            {
                await SendAsync(batch).ConfigureAwait(false);
                queue.Finish(batch.Count);
                return;
            }
            catch (MlflowException error) when (!IsPassing(error))
            {
                await SettleAsync(batch, error).ConfigureAwait(false);
                return;
            }
            catch (MlflowException)
            {
                await Task.Delay(pause, options.TimeProvider, _end.Token).ConfigureAwait(false);
            }
        }
    }

    /// <summary>A batch is refused as a whole where one item is wrong: halves find it.</summary>
    private async Task SettleAsync(List<LogItem> batch, MlflowException error)
    {
        if (batch.Count > 1 && error.ErrorCode is ("INVALID_PARAMETER_VALUE" or "BAD_REQUEST"))
        {
            var half = batch.Count / 2;
            await DeliverAsync(batch[..half]).ConfigureAwait(false);
            await DeliverAsync(batch[half..]).ConfigureAwait(false);
            return;
        }

        foreach (var item in batch)
        {
            options.OnRejected?.Invoke(new RejectedItem(item.Key, error));
        }

        MlflowTelemetry.Rejected.Add(batch.Count);
        queue.Finish(batch.Count);
    }

    private Task SendAsync(List<LogItem> batch) => client.LogOneBatchAsync(
        runId,
        [.. batch.Select(item => item.Metric).OfType<Metric>()],
        [.. batch.Select(item => item.Param).OfType<Param>()],
        [.. batch.Select(item => item.Tag).OfType<Tag>()],
        _end.Token);

    private static bool IsPassing(MlflowException error) =>
        (int)error.StatusCode >= 500 || error.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout;

    private static TimeSpan Longer(TimeSpan pause) => pause * 2 < LongestPause ? pause * 2 : LongestPause;
}
