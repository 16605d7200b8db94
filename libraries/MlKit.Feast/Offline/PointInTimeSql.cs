using System.Globalization;

namespace MlKit.Feast;

/// <summary>
/// The queries of the offline store. Ties of the event time go to the newest created time and then to the row that
/// stands later in the files, so that the same files always give the same answer.
/// </summary>
internal static class PointInTimeSql
{
    /// <summary>
    /// For each row of the table <c>entity(row, ts, k0, k1, ...)</c> with a match: its number, then the features of the
    /// newest source row at or before its time and within the ttl.
    /// </summary>
    public static string Join(CatalogView view, IReadOnlyList<CatalogFeature> features, string files, bool filterByCreated)
    {
        var keys = KeysOf(view);
        var equal = string.Concat(keys.Select((_, i) => $"e.k{i} = s.k{i} AND "));
        var ttl = view.Ttl is { } limit && limit > TimeSpan.Zero
            ? $" AND s.ts + to_microseconds({((long)limit.TotalMicroseconds).ToString(CultureInfo.InvariantCulture)}) >= e.ts"
            : "";
        var created = filterByCreated && view.CreatedTimestampColumn.Length > 0 ? " AND s.created <= e.ts" : "";
        var outputs = string.Concat(features.Select((_, i) => $", f{i}"));
        if (created.Length > 0 || keys.Count == 0)
        {
            return $"""
                WITH s AS ({Source(view, features, files)})
                SELECT row{outputs} FROM (
                  SELECT e.row, s.* FROM entity e JOIN s ON {equal}s.ts <= e.ts{ttl}{created}
                  QUALIFY row_number() OVER (PARTITION BY e.row ORDER BY {Newest("s.")}) = 1)
                """;
        }

        var partition = string.Join(", ", keys.Select((_, i) => $"k{i}").Append("ts"));
        return $"""
            WITH bounds AS (SELECT max(ts) AS latest FROM entity),
            s AS (
              SELECT * FROM ({Source(view, features, files)}) AS source
              WHERE ts <= (SELECT latest FROM bounds) AND {string.Join(" AND ", keys.Select((_, i) => $"k{i} IN (SELECT k{i} FROM entity)"))}
              QUALIFY row_number() OVER (PARTITION BY {partition} ORDER BY {Newest("")}) = 1)
            SELECT row{outputs} FROM entity e ASOF JOIN s ON {equal}e.ts >= s.ts
            WHERE true{ttl}
            """;
    }

    /// <summary>The newest row per key in a window: event time, join keys, features.</summary>
    public static string Latest(CatalogView view, string files, DateTimeOffset start, DateTimeOffset end)
    {
        var keys = KeysOf(view);
        var partition = keys.Count == 0 ? "" : $"PARTITION BY {string.Join(", ", keys.Select((_, i) => $"k{i}"))} ";
        var outputs = string.Concat(keys.Select((_, i) => $", k{i}").Concat(view.IsEntityless ? [", '' AS dummy"] : []))
            + string.Concat(view.Features.Select((_, i) => $", f{i}"));
        var present = string.Concat(keys.Select((_, i) => $" AND k{i} IS NOT NULL"));
        return $"""
            SELECT ts{outputs} FROM ({Source(view, view.Features, files)}) AS source
            WHERE ts >= {Literal(start)} AND ts <= {Literal(end)}{present}
            QUALIFY row_number() OVER ({partition}ORDER BY {Newest("")}) = 1
            """;
    }

    private static List<Field> KeysOf(CatalogView view) => [.. view.JoinKeys.Where(key => key.Name != Entity.DummyJoinKey)];

    private static string Source(CatalogView view, IReadOnlyList<CatalogFeature> features, string files)
    {
        var names = new SourceColumns(view);
        var created = view.CreatedTimestampColumn.Length > 0 ? Time(view.CreatedTimestampColumn) : "CAST(NULL AS TIMESTAMP)";
        var columns = KeysOf(view).Select((key, i) => $"{DuckType.Cast(DuckType.Name(names.InFile(key.Name)), key.Type)} AS k{i}")
            .Append($"{Time(view.TimestampField)} AS ts")
            .Append($"{created} AS created")
            .Concat(features.Select((feature, i) => $"{DuckType.Cast(DuckType.Name(names.InFile(feature.Name)), feature.Type)} AS f{i}"))
            .Append("filename AS file").Append("file_row_number AS position");
        return $"""
            SELECT {string.Join(", ", columns)}
            FROM read_parquet({DuckType.Text(files)}, union_by_name = true, hive_partitioning = false, filename = true, file_row_number = true)
            """;
    }

    private static string Newest(string prefix) =>
        $"{prefix}ts DESC, {prefix}created DESC NULLS LAST, {prefix}file DESC, {prefix}position DESC";

    private static string Time(string column) => DuckType.Cast(DuckType.Name(column), ValueType.UnixTimestamp);

    private static string Literal(DateTimeOffset time) =>
        $"TIMESTAMP '{time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture)}'";
}
