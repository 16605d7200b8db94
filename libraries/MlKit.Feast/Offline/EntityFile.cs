namespace MlKit.Feast;

/// <summary>Entity rows from Parquet files as a DuckDB table <c>entity</c>, which goes to disk where memory is short.</summary>
internal sealed class EntityFile
{
    private readonly string _time;

    /// <exception cref="FeastException">There is no file, or no column of times, or a column name is taken.</exception>
    public EntityFile(DuckSession session, string files)
    {
        session.Run($"CREATE TABLE entity AS SELECT CAST(row_number() OVER () - 1 AS INTEGER) AS {RowName}, * FROM read_parquet({DuckType.Text(files)})");
        Columns = Describe(session, "entity").Skip(1).ToList();
        _time = TimeColumn();
    }

    /// <summary>Name of the column with the rows' numbers.</summary>
    public const string RowName = "__mlkit_row";

    /// <summary>Names and DuckDB types of the columns that are passed on.</summary>
    public IReadOnlyList<(string Name, string Type)> Columns { get; }

    /// <summary>A query for the rows as one view joins them: <c>row, ts, one, k0, k1, ...</c>.</summary>
    /// <exception cref="FeastException">A join key is absent.</exception>
    public string Query(HistoricalView view)
    {
        var keys = view.RequestKeys().Select((pair, i) => Columns.Any(column => column.Name == pair.RequestName)
            ? $", {DuckType.Cast(DuckType.Name(pair.RequestName), pair.Key.Type)} AS k{i}"
            : throw EntityTable.Missing(view, pair.RequestName, Columns.Select(column => column.Name)));
        return $"SELECT {RowName} AS row, {DuckType.Cast(DuckType.Name(_time), ValueType.UnixTimestamp)} AS ts, 1 AS one{string.Concat(keys)} FROM entity";
    }

    /// <summary>Names and types of the columns of a table or query.</summary>
    public static List<(string Name, string Type)> Describe(DuckSession session, string what)
    {
        using var reader = session.Read($"DESCRIBE {what}");
        var columns = new List<(string Name, string Type)>();
        while (reader.Read())
        {
            columns.Add((reader.GetString(0), reader.GetString(1)));
        }

        return columns;
    }

    private string TimeColumn()
    {
        if (Columns.Any(column => column.Name == HistoricalRequest.TimeName))
        {
            return HistoricalRequest.TimeName;
        }

        var times = Columns.Where(column => column.Type.StartsWith("TIMESTAMP", StringComparison.Ordinal) && !column.Type.EndsWith(']')).ToList();
        return times.Count == 1 ? times[0].Name : throw new FeastException(
            $"the entity rows need a column '{HistoricalRequest.TimeName}', or exactly one column of times; they have {times.Count}");
    }
}
