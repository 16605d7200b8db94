using MlKit.Mlflow.Logging;

namespace MlKit.Mlflow;

/// <summary>
/// Logs to one run from a training loop: calls return at once, and a task of the logger's own sends what they gave in
/// batches, in order. While the server does not answer, everything is kept and tried again; what it refuses (a key
/// with a wrong character) is singled out, so that nothing else goes with it. <see cref="DisposeAsync"/> sends the
/// rest; so does the end of the process where disposing was forgotten. Safe for concurrent use.
/// </summary>
public sealed class RunLogger : IAsyncDisposable
{
    private readonly LogQueue _queue;
    private readonly BatchSender _sender;
    private readonly RunLoggerOptions _options;
    private readonly ITimer _timer;
    private readonly Task _sending;
    private int _disposed;

    /// <summary>Begins to log to a run.</summary>
    /// <param name="client">The server.</param>
    /// <param name="runId">The run, which must be active.</param>
    /// <param name="options">Changes how it is sent.</param>
    public RunLogger(MlflowClient client, string runId, RunLoggerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentException.ThrowIfNullOrEmpty(runId);
        RunId = runId;
        _options = options ?? new RunLoggerOptions();
        _queue = new LogQueue();
        _sender = new BatchSender(client, runId, _queue, _options);
        _timer = _options.TimeProvider.CreateTimer(_ => _queue.Wake(), null, _options.FlushInterval, _options.FlushInterval);
        _sending = Task.Run(_sender.RunAsync);
        AppDomain.CurrentDomain.ProcessExit += OnProcessExit;
    }

    /// <summary>The run.</summary>
    public string RunId { get; }

    /// <summary>How many items wait to be sent.</summary>
    public long Pending => _queue.Pending;

    /// <summary>Logs one metric point; the time is now unless given.</summary>
    /// <exception cref="ObjectDisposedException">The logger was disposed.</exception>
    public void LogMetric(string key, double value, long step = 0, DateTimeOffset? timestamp = null) =>
        Add(LogItem.Of(new Metric(key, value, (timestamp ?? _options.TimeProvider.GetUtcNow()).ToUnixTimeMilliseconds(), step)));

    /// <summary>Logs one metric point with its model or data set.</summary>
    /// <exception cref="ObjectDisposedException">The logger was disposed.</exception>
    public void LogMetric(Metric metric)
    {
        ArgumentNullException.ThrowIfNull(metric);
        Add(LogItem.Of(metric));
    }

    /// <summary>Logs one param.</summary>
    /// <exception cref="ObjectDisposedException">The logger was disposed.</exception>
    public void LogParam(string key, string value) => Add(LogItem.Of(new Param(key, value)));

    /// <summary>Sets one tag.</summary>
    /// <exception cref="ObjectDisposedException">The logger was disposed.</exception>
    public void SetTag(string key, string value) => Add(LogItem.OfTag(new Tag(key, value)));

    /// <summary>Completes when everything that was logged before has been taken or refused by the server.</summary>
    public Task FlushAsync(CancellationToken cancellationToken = default) => _queue.DrainedAsync().WaitAsync(cancellationToken);

    /// <summary>Sends the rest and ends.</summary>
    /// <exception cref="MlflowException">
    /// The server did not answer within <see cref="RunLoggerOptions.ExitLimit"/>; the message says how much is lost.
    /// </exception>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            await _sending.ConfigureAwait(false);
            return;
        }

        AppDomain.CurrentDomain.ProcessExit -= OnProcessExit;
        _sender.EndWithin(_options.ExitLimit);
        _queue.Close();
        await _sending.ConfigureAwait(false);
        await _timer.DisposeAsync().ConfigureAwait(false);
    }

    private void Add(LogItem item)
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);
        ArgumentException.ThrowIfNullOrEmpty(item.Key);
        _queue.Add(item);
    }

    private void OnProcessExit(object? sender, EventArgs e)
    {
        try
        {
            DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
        catch (MlflowException error)
        {
            Console.Error.WriteLine($"mlflow: {error.Reason}");
        }
    }
}
