using DuckDB.NET.Data;

namespace MlKit.Feast;

/// <summary>Puts .NET values into a DuckDB table.</summary>
internal static class DuckWriter
{
    /// <summary>Makes a table and fills it; <paramref name="value"/> gives the value of a row and column.</summary>
    public static void Fill(
        DuckSession session, string table, IReadOnlyList<(string Name, string Type)> columns, int rowCount, Func<int, int, object?> value)
    {
        session.Run($"CREATE TABLE {table} ({string.Join(", ", columns.Select(column => $"{DuckType.Name(column.Name)} {column.Type}"))})");
        using var appender = session.Append(table);
        for (var row = 0; row < rowCount; row++)
        {
            var target = appender.CreateRow();
            for (var column = 0; column < columns.Count; column++)
            {
                Put(target, columns[column].Type, value(row, column));
            }

            target.EndRow();
        }
    }

    private static void Put(IDuckDBAppenderRow row, string type, object? value)
    {
        if (value is null)
        {
            row.AppendNullValue();
            return;
        }

        switch (type)
        {
            case "VARCHAR": row.AppendValue((string)value); break;
            case "INTEGER": row.AppendValue((int?)value); break;
            case "BIGINT": row.AppendValue((long?)value); break;
            case "DOUBLE": row.AppendValue((double?)value); break;
            case "FLOAT": row.AppendValue((float?)value); break;
            case "BOOLEAN": row.AppendValue((bool?)value); break;
            case "BLOB": row.AppendValue((byte[])value); break;
            case "TIMESTAMP": row.AppendValue((DateTime?)value); break;
            default: PutList(row, type, value); break;
        }
    }

    private static void PutList(IDuckDBAppenderRow row, string type, object value)
    {
        switch (type)
        {
            case "VARCHAR[]": row.AppendValue((IEnumerable<string>)value); break;
            case "INTEGER[]": row.AppendValue((IEnumerable<int>)value); break;
            case "BIGINT[]": row.AppendValue((IEnumerable<long>)value); break;
            case "DOUBLE[]": row.AppendValue((IEnumerable<double>)value); break;
            case "FLOAT[]": row.AppendValue((IEnumerable<float>)value); break;
            case "BOOLEAN[]": row.AppendValue((IEnumerable<bool>)value); break;
            case "TIMESTAMP[]": row.AppendValue((IEnumerable<DateTime?>)value); break;
            default: throw new FeastException($"values of the DuckDB type {type} cannot be written");
        }
    }
}
