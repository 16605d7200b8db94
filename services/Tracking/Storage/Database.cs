using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace MlKit.Tracking.Storage;

/// <summary>
/// The SQLite file: many readers, each with a snapshot of its own, and one writer that commits in groups
/// (<see cref="WriteQueue"/>). A write is acknowledged after the commit that holds it, so a killed process loses none.
/// </summary>
internal sealed class Database : IDisposable
{
    private readonly ConcurrentBag<SqlSession> _readers = [];
    private readonly string _connectionString;
    private readonly WriteQueue _writes;

    public Database(string file)
    {
        _connectionString = new SqliteConnectionStringBuilder
        {
            DataSource = file,
            Mode = SqliteOpenMode.ReadWriteCreate,
            Pooling = false,
            DefaultTimeout = 20,
        }.ToString();
        var writer = Open();
        writer.Execute("PRAGMA journal_mode = WAL");
        writer.Execute("PRAGMA synchronous = NORMAL");
        Migrations.Apply(writer);
        _writes = new WriteQueue(writer);
    }

    /// <summary>Reads from one consistent snapshot.</summary>
    public T Read<T>(Func<SqlSession, T> work)
    {
        var session = _readers.TryTake(out var idle) ? idle : OpenReader();
        try
        {
            session.Execute("BEGIN");
            var result = work(session);
            session.Execute("COMMIT");
            _readers.Add(session);
            return result;
        }
        catch (Http.ApiException)
        {
            session.Execute("ROLLBACK");
            _readers.Add(session);
            throw;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Runs <paramref name="work"/> on the writer and completes when it is committed; an exception undoes it alone.
    /// </summary>
    public Task<T> WriteAsync<T>(Func<SqlSession, T> work) => _writes.RunAsync(work);

    public Task WriteAsync(Action<SqlSession> work) => _writes.RunAsync(session =>
    {
        work(session);
        return true;
    });

    public void Dispose()
    {
        _writes.Dispose();
        while (_readers.TryTake(out var session))
        {
            session.Dispose();
        }
    }

    private SqlSession OpenReader()
    {
        var session = Open();
        session.Execute("PRAGMA query_only = ON");
        return session;
    }

    private SqlSession Open()
    {
        var connection = new SqliteConnection(_connectionString);
        connection.Open();
        connection.CreateFunction(
            "text_like", (string? pattern, string? text) => text is not null && TextMatch.Like(pattern!, text, false), true);
        connection.CreateFunction(
            "text_ilike", (string? pattern, string? text) => text is not null && TextMatch.Like(pattern!, text, true), true);
        return new SqlSession(connection);
    }
}
