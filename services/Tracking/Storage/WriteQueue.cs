using System.Threading.Channels;

namespace MlKit.Tracking.Storage;

/// <summary>
/// The one writer: a thread that takes what has queued up while it was busy, runs it in one transaction (each piece
/// under a savepoint of its own) and acknowledges all of it after the commit.
/// </summary>
internal sealed class WriteQueue : IDisposable
{
    private const int LargestGroup = 256;

    private readonly Channel<Work> _queue = Channel.CreateUnbounded<Work>(new() { SingleReader = true });
    private readonly SqlSession _session;
    private readonly Action _committed;
    private readonly Thread _thread;

    /// <param name="session">The writer; the queue closes it.</param>
    /// <param name="committed">Called after each commit.</param>
    public WriteQueue(SqlSession session, Action committed)
    {
        _session = session;
        _committed = committed;
        _thread = new Thread(Loop) { IsBackground = true, Name = "tracking-writer" };
        _thread.Start();
    }

    public Task<T> RunAsync<T>(Func<SqlSession, T> run)
    {
        var work = new Work<T>(run);
        return _queue.Writer.TryWrite(work)
            ? work.Task
            : throw new InvalidOperationException("The tracking database is closed.");
    }

    /// <summary>Finishes what is queued.</summary>
    public void Dispose()
    {
        _queue.Writer.TryComplete();
        _thread.Join();
        _session.Dispose();
    }

    private void Loop()
    {
        var group = new List<Work>(LargestGroup);
        while (Wait())
        {
            while (group.Count < LargestGroup && _queue.Reader.TryRead(out var work))
            {
                group.Add(work);
            }

            Commit(group);
            group.Clear();
        }
    }

    private bool Wait()
    {
        var wait = _queue.Reader.WaitToReadAsync();
        return wait.IsCompleted ? wait.Result : wait.AsTask().GetAwaiter().GetResult();
    }

    private void Commit(List<Work> group)
    {
        try
        {
            _session.Execute("BEGIN IMMEDIATE");
            foreach (var work in group)
            {
                RunOne(work);
            }

            _session.Execute("COMMIT");
        }
        catch (Exception error)
        {
            TryRollback();
            group.ForEach(work => work.Fail(error));
            return;
        }

        group.ForEach(work => work.Acknowledge());
        _committed();
    }

    private void RunOne(Work work)
    {
        _session.Execute("SAVEPOINT piece");
        try
        {
            work.Run(_session);
        }
        catch (Exception error)
        {
            _session.Execute("ROLLBACK TO piece");
            work.Refuse(error);
        }

        _session.Execute("RELEASE piece");
    }

    /// <summary>After some errors SQLite has rolled back by itself.</summary>
    private void TryRollback()
    {
        try
        {
            _session.Execute("ROLLBACK");
        }
        catch (Microsoft.Data.Sqlite.SqliteException)
        {
        }
    }

    private abstract class Work
    {
        public abstract void Run(SqlSession session);

        public abstract void Refuse(Exception error);

        public abstract void Acknowledge();

        public abstract void Fail(Exception error);
    }

    private sealed class Work<T>(Func<SqlSession, T> run) : Work
    {
        private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T? _result;
        private Exception? _error;

        public Task<T> Task => _done.Task;

        public override void Run(SqlSession session) => _result = run(session);

        public override void Refuse(Exception error) => _error = error;

        public override void Acknowledge()
        {
            if (_error is null)
            {
                _done.SetResult(_result!);
            }
            else
            {
                _done.SetException(_error);
            }
        }

        public override void Fail(Exception error) => _done.TrySetException(_error ?? error);
    }
}
