namespace MlKit.Tracking.Storage;

/// <summary>
/// Copies what SQLite's log holds into the database file, on a thread and a connection of its own, so that the writer
/// does not stop for the disk while a client waits. Should the log outgrow it, the writer helps (see
/// <see cref="LargestLog"/>), which also lets the log start over.
/// </summary>
internal sealed class Checkpointer : IDisposable
{
    /// <summary>Pages in the log from which the writer itself copies what is left: 128 MB.</summary>
    public const int LargestLog = 32_768;

    /// <summary>Bytes in the log that are worth a copy, which ends in a wait for the disk that the writer may feel.</summary>
    private const long WorthIt = 32 * 1024 * 1024;

    private readonly SemaphoreSlim _wake = new(0, 1);
    private readonly SqlSession _session;
    private readonly FileInfo _log;
    private readonly Thread _thread;
    private long _copied;
    private volatile bool _closing;

    public Checkpointer(SqlSession session, string file)
    {
        _session = session;
        _log = new FileInfo(file + "-wal");
        _thread = new Thread(Loop) { IsBackground = true, Name = "tracking-checkpointer" };
        _thread.Start();
    }

    /// <summary>Says that there was a commit; costs nothing while the thread is busy.</summary>
    public void Note()
    {
        if (_wake.CurrentCount == 0)
        {
            _wake.Release();
        }
    }

    public void Dispose()
    {
        _closing = true;
        Note();
        _thread.Join();
        _session.Dispose();
        _wake.Dispose();
    }

    private void Loop()
    {
        while (true)
        {
            _wake.Wait();
            if (_closing)
            {
                return;
            }

            CopyIfWorthIt();
        }
    }

    private void CopyIfWorthIt()
    {
        _log.Refresh();
        var length = _log.Exists ? _log.Length : 0;
        if (length < _copied)
        {
            _copied = 0;
        }

        if (length - _copied < WorthIt)
        {
            return;
        }

        try
        {
            _session.Execute("PRAGMA wal_checkpoint(PASSIVE)");
            _copied = length;
        }
        catch (Microsoft.Data.Sqlite.SqliteException)
        {
            // Busy: the next commit tries again.
        }
    }
}
