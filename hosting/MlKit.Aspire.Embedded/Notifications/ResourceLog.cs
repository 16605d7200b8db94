using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The log of one instance: the newest lines, and those who read along.</summary>
/// <param name="time">Stamps the lines.</param>
/// <param name="subscribersChanged">Told when the first reader comes and when the last one goes.</param>
internal sealed class ResourceLog(TimeProvider time, Action<bool> subscribersChanged) : ILogger
{
    /// <summary>The lines kept per instance.</summary>
    internal const int Capacity = 10_000;

    private readonly Lock _gate = new();
    private readonly Queue<LogLine> _backlog = new();
    private readonly List<Channel<LogLine>> _readers = [];
    private int _lines;
    private bool _completed;

    /// <summary>Whether anybody reads along.</summary>
    public bool HasReaders
    {
        get
        {
            lock (_gate)
            {
                return _readers.Count > 0;
            }
        }
    }

    /// <summary>Adds a line.</summary>
    public void Write(string content, bool isError)
    {
        lock (_gate)
        {
            // A restart writes to a log that was completed when the instance ended.
            _completed = false;
            var line = new LogLine(++_lines, content, isError) { At = time.GetUtcNow() };
            _backlog.Enqueue(line);
            if (_backlog.Count > Capacity)
            {
                _backlog.Dequeue();
            }

            foreach (var reader in _readers)
            {
                reader.Writer.TryWrite(line);
            }
        }
    }

    /// <summary>The lines kept.</summary>
    public IReadOnlyList<LogLine> Snapshot()
    {
        lock (_gate)
        {
            return [.. _backlog];
        }
    }

    /// <summary>Forgets the lines kept.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _backlog.Clear();
        }
    }

    /// <summary>Nothing more comes: ends the readers.</summary>
    public void Complete()
    {
        lock (_gate)
        {
            _completed = true;
            _readers.ForEach(reader => reader.Writer.TryComplete());
        }
    }

    /// <summary>The lines kept, then those that come, in batches.</summary>
    public async IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var reader = Channel.CreateUnbounded<LogLine>(new UnboundedChannelOptions { SingleReader = true });
        var backlog = Join(reader);
        try
        {
            if (backlog.Count > 0)
            {
                yield return backlog;
            }

            while (await reader.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
            {
                var batch = new List<LogLine>();
                while (reader.Reader.TryRead(out var line))
                {
                    batch.Add(line);
                }

                yield return batch;
            }
        }
        finally
        {
            Leave(reader);
        }
    }

    /// <inheritdoc/>
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        ArgumentNullException.ThrowIfNull(formatter);
        var message = formatter(state, exception);
        var text = exception is null ? message : $"{message}{Environment.NewLine}{exception}";
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            Write(line, logLevel >= LogLevel.Error);
        }
    }

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    private List<LogLine> Join(Channel<LogLine> reader)
    {
        List<LogLine> backlog;
        bool first;
        lock (_gate)
        {
            backlog = [.. _backlog];
            first = _readers.Count == 0;
            _readers.Add(reader);
            if (_completed)
            {
                reader.Writer.TryComplete();
            }
        }

        if (first)
        {
            subscribersChanged(true);
        }

        return backlog;
    }

    private void Leave(Channel<LogLine> reader)
    {
        bool last;
        lock (_gate)
        {
            _readers.Remove(reader);
            last = _readers.Count == 0;
        }

        if (last)
        {
            subscribersChanged(false);
        }
    }
}
