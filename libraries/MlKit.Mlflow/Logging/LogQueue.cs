namespace MlKit.Mlflow.Logging;

/// <summary>
/// What waits to be sent. Adding never waits; the queue has no end, because neither blocking training nor losing what
/// it measured is allowed.
/// </summary>
internal sealed class LogQueue
{
    /// <summary>The protocol's limits of one batch.</summary>
    private const int MostItems = 1000;

    private const int MostParams = 100;
    private const int MostTags = 100;

    private readonly Lock _lock = new();
    private readonly Queue<LogItem> _items = new();
    private readonly Queue<(long Number, TaskCompletionSource Done)> _waiting = new();
    private readonly SemaphoreSlim _signal = new(0);
    private long _added;
    private long _finished;
    private bool _closed;

    public long Pending
    {
        get
        {
            lock (_lock)
            {
                return _added - _finished;
            }
        }
    }

    public void Add(LogItem item)
    {
        bool isFull;
        lock (_lock)
        {
            _items.Enqueue(item);
            _added++;
            isFull = _items.Count == MostItems;
        }

        MlflowTelemetry.Pending.Add(1);
        if (isFull)
        {
            Wake();
        }
    }

    /// <summary>Lets the sender look, without waiting for a batch to fill.</summary>
    public void Wake()
    {
        if (_signal.CurrentCount == 0)
        {
            _signal.Release();
        }
    }

    public void Close()
    {
        lock (_lock)
        {
            _closed = true;
        }

        Wake();
    }

    /// <summary>Waits until there may be something to send; false when nothing more comes.</summary>
    public async Task<bool> WaitAsync()
    {
        lock (_lock)
        {
            if (_closed)
            {
                return _items.Count > 0;
            }
        }

        await _signal.WaitAsync().ConfigureAwait(false);
        return true;
    }

    /// <summary>The next batch: as many items, in order, as the protocol's limits allow.</summary>
    public List<LogItem> Take()
    {
        var batch = new List<LogItem>();
        var (parameters, tags) = (0, 0);
        lock (_lock)
        {
            while (batch.Count < MostItems && _items.TryPeek(out var item))
            {
                parameters += item.Param is null ? 0 : 1;
                tags += item.Tag is null ? 0 : 1;
                if (parameters > MostParams || tags > MostTags)
                {
                    break;
                }

                batch.Add(_items.Dequeue());
            }
        }

        return batch;
    }

    /// <summary>Items were taken or refused by the server.</summary>
    public void Finish(int count)
    {
        MlflowTelemetry.Pending.Add(-count);
        lock (_lock)
        {
            _finished += count;
            while (_waiting.TryPeek(out var next) && next.Number <= _finished)
            {
                _waiting.Dequeue().Done.TrySetResult();
            }
        }
    }

    /// <summary>Nothing more will be sent: those who wait are told so.</summary>
    public void Fail(Exception error)
    {
        lock (_lock)
        {
            while (_waiting.TryDequeue(out var next))
            {
                next.Done.TrySetException(error);
            }
        }
    }

    public Task DrainedAsync()
    {
        lock (_lock)
        {
            if (_finished >= _added)
            {
                return Task.CompletedTask;
            }

            var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue((_added, done));
            Wake();
            return done.Task;
        }
    }
}
