using System.IO.Compression;
using Microsoft.Data.Sqlite;

namespace MlKit.Dashboard.History;

/// <summary>
/// What one run sent, as it was sent: batches of OTLP and of console lines, and the last state of each resource. A
/// past run is shown by receiving its batches again. Not thread-safe.
/// </summary>
internal sealed class RunDatabase : IDisposable
{
    private const string Schema = """
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = NORMAL;
        CREATE TABLE IF NOT EXISTS batches (
          id INTEGER PRIMARY KEY, signal INTEGER NOT NULL, items INTEGER NOT NULL, bytes INTEGER NOT NULL, payload BLOB NOT NULL);
        CREATE INDEX IF NOT EXISTS batches_by_signal ON batches (signal, id, items, bytes);
        CREATE TABLE IF NOT EXISTS resources (id TEXT PRIMARY KEY, running_at INTEGER, healthy_at INTEGER, payload BLOB NOT NULL);
        """;

    private readonly SqliteConnection _connection;

    private RunDatabase(SqliteConnection connection) => _connection = connection;

    /// <summary>Opens a database to write to; makes it where it is missing.</summary>
    public static RunDatabase Create(string path)
    {
        var database = Open(path, SqliteOpenMode.ReadWriteCreate);
        database.Execute(Schema);
        return database;
    }

    /// <summary>Opens a database to read.</summary>
    /// <exception cref="SqliteException">The file is no database, or is damaged.</exception>
    public static RunDatabase OpenRead(string path) => Open(path, SqliteOpenMode.ReadWrite);

    /// <summary>Adds batches and the states of resources, all or none.</summary>
    public void Write(IEnumerable<RecordedBatch> batches, IEnumerable<RecordedResource> resources)
    {
        using var transaction = _connection.BeginTransaction();
        foreach (var batch in batches)
        {
            var packed = Pack(batch.Payload);
            Execute(
                "INSERT INTO batches (signal, items, bytes, payload) VALUES ($signal, $items, $bytes, $payload)",
                ("$signal", (int)batch.Signal), ("$items", batch.Items), ("$bytes", packed.Length), ("$payload", packed));
        }

        foreach (var resource in resources)
        {
            Execute(
                "INSERT OR REPLACE INTO resources VALUES ($id, $running, $healthy, $payload)",
                ("$id", resource.Id), ("$running", Milliseconds(resource.RunningAt)), ("$healthy", Milliseconds(resource.HealthyAt)), ("$payload", Pack(resource.Payload)));
        }

        transaction.Commit();
    }

    /// <summary>How much of a signal is kept.</summary>
    public (long Items, long Bytes) Total(RecordedSignal signal)
    {
        using var command = Command("SELECT total(items), total(bytes) FROM batches WHERE signal = $signal", ("$signal", (int)signal));
        using var reader = command.ExecuteReader();
        reader.Read();
        return ((long)reader.GetDouble(0), (long)reader.GetDouble(1));
    }

    /// <summary>Removes the oldest batches of a signal until at most so many items and bytes are left.</summary>
    public void Prune(RecordedSignal signal, long items, long bytes) => Execute(
        """
        DELETE FROM batches WHERE signal = $signal AND id <= (
          SELECT max(id) FROM (
            SELECT id, sum(items) OVER newest AS items_so_far, sum(bytes) OVER newest AS bytes_so_far
            FROM batches WHERE signal = $signal WINDOW newest AS (ORDER BY id DESC))
          WHERE items_so_far > $items OR bytes_so_far > $bytes)
        """,
        ("$signal", (int)signal), ("$items", items), ("$bytes", bytes));

    /// <summary>The newest batches of a signal, oldest first, that hold at least so many items, or all.</summary>
    public IEnumerable<byte[]> Read(RecordedSignal signal, long items)
    {
        using var command = Command(
            """
            SELECT payload FROM batches WHERE signal = $signal AND id > coalesce((
              SELECT max(id) FROM (SELECT id, items, sum(items) OVER (ORDER BY id DESC) AS so_far FROM batches WHERE signal = $signal)
              WHERE so_far - items >= $items), 0)
            ORDER BY id
            """,
            ("$signal", (int)signal), ("$items", items));
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            yield return Unpack(reader.GetFieldValue<byte[]>(0));
        }
    }

    /// <summary>All resources.</summary>
    public IReadOnlyList<RecordedResource> ReadResources()
    {
        using var command = Command("SELECT id, running_at, healthy_at, payload FROM resources");
        using var reader = command.ExecuteReader();
        var resources = new List<RecordedResource>();
        while (reader.Read())
        {
            resources.Add(new RecordedResource(reader.GetString(0), Moment(reader, 1), Moment(reader, 2), Unpack(reader.GetFieldValue<byte[]>(3))));
        }

        return resources;
    }

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    private static RunDatabase Open(string path, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false }.ToString());
        connection.Open();
        return new RunDatabase(connection);
    }

    private void Execute(string sql, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        using var command = Command(sql, values);
        command.ExecuteNonQuery();
    }

    private SqliteCommand Command(string sql, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in values)
        {
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        }

        return command;
    }

    private static object? Milliseconds(DateTimeOffset? moment) => moment?.ToUnixTimeMilliseconds();

    private static DateTimeOffset? Moment(SqliteDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(column));

    // Telemetry repeats itself: even the fastest level makes it several times smaller.
    private static byte[] Pack(byte[] payload)
    {
        using var packed = new MemoryStream();
        using (var pack = new ZLibStream(packed, CompressionLevel.Fastest))
        {
            pack.Write(payload);
        }

        return packed.ToArray();
    }

    private static byte[] Unpack(byte[] packed)
    {
        using var unpack = new ZLibStream(new MemoryStream(packed), CompressionMode.Decompress);
        using var payload = new MemoryStream();
        unpack.CopyTo(payload);
        return payload.ToArray();
    }
}
