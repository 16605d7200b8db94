namespace MlKit.Feast;

/// <summary>
/// The entity rows of a join as a DuckDB table <c>entity</c>: their number, their time, and each join key once per type
/// that a view wants it in.
/// </summary>
internal sealed class EntityTable
{
    private readonly List<(string Name, ValueType Type)> _keys = [];

    /// <summary>Fills the table from a frame.</summary>
    /// <exception cref="FeastException">A join key or the time is absent, or holds what it cannot.</exception>
    public EntityTable(DuckSession session, FeatureFrame entities, IEnumerable<HistoricalView> views)
    {
        var times = Times(entities);
        var columns = new List<(string Name, string Type)> { ("row", "INTEGER"), ("ts", "TIMESTAMP") };
        var values = new List<Func<int, object?>>();
        foreach (var view in views)
        {
            foreach (var (key, requestName) in view.RequestKeys())
            {
                if (!_keys.Contains((requestName, key.Type)))
                {
                    var column = entities.TryGet(requestName, out var found) ? found : throw Missing(view, requestName, entities.Columns.Select(each => each.Name));
                    columns.Add(($"c{_keys.Count}", DuckType.Of(key.Type) ?? "VARCHAR"));
                    values.Add(row => OfflineValue.ForFile(column[row], key.Type));
                    _keys.Add((requestName, key.Type));
                }
            }
        }

        DuckWriter.Fill(session, "entity", columns, entities.RowCount, (row, column) => column switch
        {
            0 => row,
            1 => times[row],
            _ => values[column - 2](row),
        });
    }

    /// <summary>A query for the rows as one view joins them: <c>row, ts, one, k0, k1, ...</c>.</summary>
    public string Query(HistoricalView view)
    {
        var keys = view.RequestKeys().Select((pair, i) => $", c{_keys.IndexOf((pair.RequestName, pair.Key.Type))} AS k{i}");
        return $"SELECT row, ts, 1 AS one{string.Concat(keys)} FROM entity";
    }

    public static FeastException Missing(HistoricalView view, string key, IEnumerable<string> columns) => new(
        $"the entity rows lack the join key '{key}' of feature view '{view.View.Name}'; they have {string.Join(", ", columns)}");

    private static DateTime?[] Times(FeatureFrame entities)
    {
        var column = TimeColumn(entities);
        var times = new DateTime?[entities.RowCount];
        for (var row = 0; row < times.Length; row++)
        {
            times[row] = OfflineValue.EventTime(column[row], column.Name, row) is { } known ? OfflineValue.Utc(known) : null;
        }

        return times;
    }

    private static FeatureColumn TimeColumn(FeatureFrame entities)
    {
        if (entities.TryGet(HistoricalRequest.TimeName, out var named))
        {
            return named;
        }

        var candidates = entities.Columns.Where(column =>
            column.Values is DateTimeOffset[] or DateTimeOffset?[] or DateTime[] or DateTime?[]).ToList();
        return candidates.Count == 1
            ? candidates[0]
            : throw new FeastException(
                $"the entity rows need a column '{HistoricalRequest.TimeName}', or exactly one column of times; they have {candidates.Count}");
    }
}
