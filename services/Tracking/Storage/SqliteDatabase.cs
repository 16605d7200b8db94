using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace MlKit.Tracking.Storage;

/// <summary>
/// A SQLite file: many readers, each with a snapshot of its own, and one writer that commits in groups
/// (<see cref="WriteQueue"/>).
/// </summary>
internal sealed class SqliteDatabase : Database
{
    private readonly ConcurrentBag<SqlSession> _readers = [];
    private readonly string _connectionString;
    private readonly Checkpointer _checkpointer;
    private readonly WriteQueue _writes;

    public SqliteDatabase(string file)
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
        writer.Execute("PRAGMA cache_size = -32768");
        writer.Execute($"PRAGMA wal_autocheckpoint = {Checkpointer.LargestLog}");
        Migrations.Apply(writer);
        _checkpointer = new Checkpointer(Open(), file);
        _writes = new WriteQueue(writer, _checkpointer.Note);
    }

    public override Task<T> WriteAsync<T>(Func<SqlSession, T> work) => _writes.RunAsync(work);

    public override void Dispose()
    {
        _writes.Dispose();
        _checkpointer.Dispose();
        while (_readers.TryTake(out var session))
        {
            session.Dispose();
        }
    }

    protected override SqlSession BeginRead()
    {
        var session = _readers.TryTake(out var idle) ? idle : OpenReader();
        session.Execute("BEGIN");
        return session;
    }

    protected override void EndRead(SqlSession session, bool usable)
    {
        if (usable)
        {
            _readers.Add(session);
        }
        else
        {
            session.Dispose();
        }
    }

    private SqliteSession OpenReader()
    {
        var session = Open();
        session.Execute("PRAGMA query_only = ON");
        return session;
    }

    private SqliteSession Open()
    {
        var connection = new SqliteConnection(_connectionString);
        connection.Open();
        connection.CreateFunction(
            "text_like", (string? pattern, string? text) => text is not null && TextMatch.Like(pattern!, text, false), true);
        connection.CreateFunction(
            "text_ilike", (string? pattern, string? text) => text is not null && TextMatch.Like(pattern!, text, true), true);
        connection.CreateFunction(
            "text_rlike", (string? pattern, string? text) => text is not null && TextMatch.Find(pattern!, text), true);
        connection.CreateFunction("span_attribute", (string content, string key) => SpanText.Attribute(content, key), true);
        return new SqliteSession(connection);
    }
}
