using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace MlKit.Tracking.Storage;

/// <summary>A prepared statement that is run many times with other parameters.</summary>
internal sealed class SqliteStatement : IParameterList, IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;
    private int _parameters;

    public SqliteStatement(sqlite3 database, string sql)
    {
        _database = database;
        Check(raw.sqlite3_prepare_v2(database, sql, out _statement));
    }

    public void Add(long value) => Check(raw.sqlite3_bind_int64(_statement, ++_parameters, value));

    public void Add(double value) => Check(raw.sqlite3_bind_double(_statement, ++_parameters, value));

    public void Add(string? value) => Check(value is null
        ? raw.sqlite3_bind_null(_statement, ++_parameters)
        : raw.sqlite3_bind_text(_statement, ++_parameters, value));

    /// <summary>Runs it with the parameters that were added, and returns how many rows it changed.</summary>
    public int Execute()
    {
        _parameters = 0;
        var result = raw.sqlite3_step(_statement);
        var changed = raw.sqlite3_changes(_database);
        raw.sqlite3_reset(_statement);
        Check(result == raw.SQLITE_DONE ? raw.SQLITE_OK : result);
        return changed;
    }

    public void Dispose() => _statement.Dispose();

    private void Check(int result)
    {
        if (result != raw.SQLITE_OK)
        {
            _parameters = 0;
            throw new SqliteException(raw.sqlite3_errmsg(_database).utf8_to_string(), result);
        }
    }
}
