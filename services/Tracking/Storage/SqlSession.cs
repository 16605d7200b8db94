using Microsoft.Data.Sqlite;

namespace MlKit.Tracking.Storage;

/// <summary>
/// One connection with its prepared statements. Parameters are written <c>$1</c>, <c>$2</c>, ... and given in order.
/// Used by one thread at a time.
/// </summary>
internal sealed class SqlSession : IDisposable
{
    /// <summary>Searches make statements of their own; past this many the cache starts again.</summary>
    private const int CacheSize = 256;

    private static readonly string[] Names = [.. Enumerable.Range(1, 64).Select(Name)];

    private readonly Dictionary<string, SqliteCommand> _commands = new(StringComparer.Ordinal);
    private readonly SqliteConnection _connection;

    public SqlSession(SqliteConnection connection)
    {
        _connection = connection;
    }

    /// <summary>Runs a statement and returns the number of rows that it changed.</summary>
    public int Execute(string sql, params ReadOnlySpan<object?> arguments) => Bind(sql, arguments).ExecuteNonQuery();

    /// <summary>Runs an INSERT and returns the row's number.</summary>
    public long Insert(string sql, params ReadOnlySpan<object?> arguments)
    {
        Bind(sql, arguments).ExecuteNonQuery();
        return SQLitePCL.raw.sqlite3_last_insert_rowid(_connection.Handle);
    }

    /// <summary>The first row, or null.</summary>
    public T? First<T>(string sql, Func<SqliteDataReader, T> map, params ReadOnlySpan<object?> arguments)
        where T : class
    {
        using var reader = Bind(sql, arguments).ExecuteReader();
        return reader.Read() ? map(reader) : null;
    }

    /// <summary>The first column of the first row as a whole number, or null.</summary>
    public long? Number(string sql, params ReadOnlySpan<object?> arguments)
    {
        using var reader = Bind(sql, arguments).ExecuteReader();
        return reader.Read() && !reader.IsDBNull(0) ? reader.GetInt64(0) : null;
    }

    /// <summary>The first column of the first row as text, or null.</summary>
    public string? Text(string sql, params ReadOnlySpan<object?> arguments)
    {
        using var reader = Bind(sql, arguments).ExecuteReader();
        return reader.Read() && !reader.IsDBNull(0) ? reader.GetString(0) : null;
    }

    /// <summary>Every row.</summary>
    public List<T> Query<T>(string sql, Func<SqliteDataReader, T> map, params ReadOnlySpan<object?> arguments)
    {
        var rows = new List<T>();
        using var reader = Bind(sql, arguments).ExecuteReader();
        while (reader.Read())
        {
            rows.Add(map(reader));
        }

        return rows;
    }

    /// <summary>Runs <paramref name="visit"/> for every row without keeping any.</summary>
    public void ForEach(string sql, Action<SqliteDataReader> visit, params ReadOnlySpan<object?> arguments)
    {
        using var reader = Bind(sql, arguments).ExecuteReader();
        while (reader.Read())
        {
            visit(reader);
        }
    }

    public void Dispose()
    {
        Clear();
        _connection.Dispose();
    }

    private SqliteCommand Bind(string sql, ReadOnlySpan<object?> arguments)
    {
        var command = Command(sql, arguments.Length);
        for (var i = 0; i < arguments.Length; i++)
        {
            command.Parameters[i].Value = arguments[i] ?? DBNull.Value;
        }

        return command;
    }

    private SqliteCommand Command(string sql, int count)
    {
        if (_commands.TryGetValue(sql, out var known))
        {
            return known;
        }

        if (_commands.Count >= CacheSize)
        {
            Clear();
        }

        var command = _connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < count; i++)
        {
            command.Parameters.Add(new SqliteParameter(i < Names.Length ? Names[i] : Name(i + 1), DBNull.Value));
        }

        _commands.Add(sql, command);
        return command;
    }

    private void Clear()
    {
        foreach (var command in _commands.Values)
        {
            command.Dispose();
        }

        _commands.Clear();
    }

    private static string Name(int number) => "$" + number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
