using System.Globalization;
using DuckDB.NET.Data;

namespace MlKit.Feast;

/// <summary>One in-memory DuckDB with UTC as its zone; for one query at a time. What does not fit into memory goes to disk.</summary>
internal sealed class DuckSession : IDisposable
{
    private readonly DuckDBConnection _connection = new("Data Source=:memory:");
    private readonly string _spill;

    public DuckSession(OfflineStoreOptions options)
    {
        _spill = Path.Combine(options.SpillPath, Guid.NewGuid().ToString("n"));
        MakeFolder(options.SpillPath);
        _connection.Open();
        Run("SET TimeZone = 'UTC'");
        Run($"SET temp_directory = {DuckType.Text(_spill)}");
        if (options.MemoryMegabytes is { } megabytes)
        {
            Run($"SET memory_limit = '{megabytes.ToString(CultureInfo.InvariantCulture)}MB'");
        }
    }

    /// <summary>DuckDB makes the last folder of the path only, and only when it has to spill.</summary>
    private static void MakeFolder(string path)
    {
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A query that fits into memory does not need it; for another one DuckDB says what is wrong.
        }
    }

    public long Run(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteNonQuery();
    }

    /// <summary>Reads rows as they come; the reader belongs to the caller.</summary>
    public System.Data.Common.DbDataReader Read(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.UseStreamingMode = true;
        return command.ExecuteReader();
    }

    public DuckDBAppender Append(string table) => _connection.CreateAppender(table);

    public void Dispose()
    {
        _connection.Dispose();
        if (Directory.Exists(_spill))
        {
            Directory.Delete(_spill, recursive: true);
        }
    }
}
