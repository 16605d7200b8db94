using System.Data.Common;

namespace MlKit.Tracking.Storage;

/// <summary>
/// One connection with its statements. Parameters are written <c>$1</c>, <c>$2</c>, ... and given in order. Used by
/// one thread at a time.
/// </summary>
internal abstract class SqlSession(DbConnection connection, Dialect dialect) : IDisposable
{
    /// <summary>Searches make statements of their own; past this many the cache starts again.</summary>
    private const int CacheSize = 256;

    private readonly Dictionary<string, DbCommand> _commands = new(StringComparer.Ordinal);

    public Dialect Dialect => dialect;

    /// <summary>Runs a statement and returns the number of rows that it changed.</summary>
    public int Execute(string sql, params ReadOnlySpan<object?> arguments) => Bind(sql, arguments).ExecuteNonQuery();

    /// <summary>Runs an <c>INSERT ... RETURNING</c> the number that the row was given, and returns it.</summary>
    public long Insert(string sql, params ReadOnlySpan<object?> arguments) => Number(sql, arguments)!.Value;

    /// <summary>The first row, or null.</summary>
    public T? First<T>(string sql, Func<DbDataReader, T> map, params ReadOnlySpan<object?> arguments)
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
    public List<T> Query<T>(string sql, Func<DbDataReader, T> map, params ReadOnlySpan<object?> arguments)
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
    public void ForEach(string sql, Action<DbDataReader> visit, params ReadOnlySpan<object?> arguments)
    {
        using var reader = Bind(sql, arguments).ExecuteReader();
        while (reader.Read())
        {
            visit(reader);
        }
    }

    /// <summary>Runs a statement once per item, as fast as the database can, and returns how many rows were changed.</summary>
    /// <param name="sql">The statement.</param>
    /// <param name="items">What it is run for.</param>
    /// <param name="bind">Adds the parameters for an item, in order.</param>
    public abstract int ExecuteMany<T>(string sql, IReadOnlyList<T> items, Action<IParameterList, T> bind);

    public virtual void Dispose()
    {
        Clear();
        connection.Dispose();
    }

    /// <summary>A parameter for the place <paramref name="number"/>, counted from 1.</summary>
    protected abstract DbParameter CreateParameter(int number);

    private DbCommand Bind(string sql, ReadOnlySpan<object?> arguments)
    {
        var command = Command(sql, arguments.Length);
        for (var i = 0; i < arguments.Length; i++)
        {
            command.Parameters[i].Value = arguments[i] ?? DBNull.Value;
        }

        return command;
    }

    private DbCommand Command(string sql, int count)
    {
        if (_commands.TryGetValue(sql, out var known))
        {
            return known;
        }

        if (_commands.Count >= CacheSize)
        {
            Clear();
        }

        var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < count; i++)
        {
            command.Parameters.Add(CreateParameter(i + 1));
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
}
