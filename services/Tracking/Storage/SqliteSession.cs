using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace MlKit.Tracking.Storage;

/// <summary>A session on a SQLite file.</summary>
internal sealed class SqliteSession(SqliteConnection connection) : SqlSession(connection, Dialect.Sqlite)
{
    private static readonly string[] Names = [.. Enumerable.Range(1, 64).Select(Name)];

    private readonly Dictionary<string, SqliteStatement> _statements = new(StringComparer.Ordinal);

    /// <summary>Goes past the driver's parameter objects, which cost more than the insertion of a row.</summary>
    public override int ExecuteMany<T>(string sql, IReadOnlyList<T> items, Action<IParameterList, T> bind)
    {
        if (!_statements.TryGetValue(sql, out var statement))
        {
            _statements[sql] = statement = new SqliteStatement(connection.Handle!, sql);
        }

        var changed = 0;
        for (var i = 0; i < items.Count; i++)
        {
            bind(statement, items[i]);
            changed += statement.Execute();
        }

        return changed;
    }

    public override void Dispose()
    {
        foreach (var statement in _statements.Values)
        {
            statement.Dispose();
        }

        base.Dispose();
    }

    protected override DbParameter CreateParameter(int number) =>
        new SqliteParameter(number <= Names.Length ? Names[number - 1] : Name(number), DBNull.Value);

    private static string Name(int number) => "$" + number.ToString(CultureInfo.InvariantCulture);
}
