using System.Globalization;
using DuckDB.NET.Data;

namespace MlKit.Feast;

/// <summary>One in-memory DuckDB with UTC as its zone; for one query at a time.</summary>
internal sealed class DuckSession : IDisposable
{
    private readonly DuckDBConnection _connection = new("Data Source=:memory:");

    public DuckSession(OfflineStoreOptions options)
    {
        _connection.Open();
        Run("SET TimeZone = 'UTC'");
        if (options.MemoryMegabytes is { } megabytes)
        {
            Run($"SET memory_limit = '{megabytes.ToString(CultureInfo.InvariantCulture)}MB'");
        }
    }

    public void Run(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
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

    public void Dispose() => _connection.Dispose();
}
