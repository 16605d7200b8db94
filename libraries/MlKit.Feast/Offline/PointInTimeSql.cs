using System.Globalization;

namespace MlKit.Feast;

/// <summary>The queries of the offline store. <see cref="RowPlace"/> says which of two rows is the newer one.</summary>
internal static class PointInTimeSql
{
    /// <summary>
    /// For each row of <c>e(row, ts, k0, k1, ...)</c>, in the order of <c>row</c>: the features of the newest source row
    /// at or before its time and within the ttl, or nulls where there is none.
    /// </summary>
    /// <param name="view">The view.</param>
    /// <param name="features">Its features, called f0, f1 and so on in the result.</param>
    /// <param name="files">Its files.</param>
    /// <param name="entity">A query that gives <c>e</c>.</param>
    /// <param name="rules">What else counts.</param>
    public static string Join(
        CatalogView view, IReadOnlyList<CatalogFeature> features, IReadOnlyList<string> files, string entity, JoinRules rules)
    {
        var keys = KeysOf(view).Select((_, i) => $"k{i}").DefaultIfEmpty("one");
        var outputs = features.Select((_, i) => $"f{i}");
        var source = Source(view, features, files, rules);
        var fresh = !rules.IgnoreTtl && view.Ttl is { } limit && limit > TimeSpan.Zero
            ? $"s.ts + to_microseconds({((long)limit.TotalMicroseconds).ToString(CultureInfo.InvariantCulture)}) >= e.ts"
            : "true";
        return rules.Visible is not null || (rules.FilterByCreated && view.CreatedTimestampColumn.Length > 0)
            ? Newest(keys, outputs, source, entity, $"s.{(rules.Visible is null ? "created" : "visible")} <= e.ts AND {fresh}")
            : NewestOfAll(view, keys, outputs, source, entity, fresh);
    }

    /// <summary>
    /// The newest row at or before the time decides, fresh or not. The join keys become one small number, which sorts
    /// fastest, and rows of keys that no entity row has are not sorted at all. An entity row without a time gets no number
    /// and so no match: DuckDB takes a structure that holds a null for a great one.
    /// </summary>
    private static string NewestOfAll(
        CatalogView view, IEnumerable<string> keys, IEnumerable<string> outputs, string source, string entity, string fresh)
    {
        var key = string.Join(", ", keys);
        return $"""
            WITH e AS MATERIALIZED ({entity}),
            k AS MATERIALIZED (SELECT {key}, min(row) AS id FROM e GROUP BY {key})
            SELECT {string.Join(", ", outputs.Select(output => $"CASE WHEN {fresh} THEN s.{output} END AS {output}"))}
            FROM (SELECT e.row, e.ts, CASE WHEN e.ts IS NOT NULL THEN k.id END AS id, {RowPlace.LastAt(view)} AS last FROM e LEFT JOIN k USING ({key})) e
            ASOF LEFT JOIN (SELECT k.id, s.* FROM ({source}) s JOIN k USING ({key})) s ON s.id = e.id AND s.place <= e.last
            ORDER BY e.row
            """;
    }

    /// <summary>The newest of the rows that fulfil a condition, which may rule out any row.</summary>
    private static string Newest(IEnumerable<string> keys, IEnumerable<string> outputs, string source, string entity, string condition) => $"""
        WITH e AS ({entity}), s AS ({source})
        SELECT {string.Join(", ", outputs)} FROM e LEFT JOIN (
          SELECT e.row, s.* FROM e JOIN s ON {string.Join(" AND ", keys.Select(key => $"s.{key} = e.{key}"))} AND s.ts <= e.ts AND {condition}
          QUALIFY row_number() OVER (PARTITION BY e.row ORDER BY s.place DESC) = 1) USING (row)
        ORDER BY row
        """;

    /// <summary>The newest row per key in a window: event time, join keys, features.</summary>
    public static string Latest(CatalogView view, IReadOnlyList<string> files, DateTimeOffset start, DateTimeOffset end)
    {
        var keys = KeysOf(view);
        var outputs = string.Concat(keys.Select((_, i) => $", k{i}").Concat(view.IsEntityless ? [", '' AS dummy"] : []))
            + string.Concat(view.Features.Select((_, i) => $", f{i}"));
        var present = string.Concat(keys.Select((_, i) => $" AND k{i} IS NOT NULL"));
        var partition = keys.Count == 0 ? "" : $"PARTITION BY {string.Join(", ", keys.Select((_, i) => $"k{i}"))} ";
        return $"""
            SELECT ts{outputs} FROM ({Source(view, view.Features, files, JoinRules.Usual)}) AS source
            WHERE ts >= {Literal(start)} AND ts <= {Literal(end)}{present}
            QUALIFY row_number() OVER ({partition}ORDER BY place DESC) = 1
            """;
    }

    private static List<Field> KeysOf(CatalogView view) => [.. view.JoinKeys.Where(key => key.Name != Entity.DummyJoinKey)];

    /// <summary>Rows with keys, event time, features, and their place in the order in which newer rows win.</summary>
    private static string Source(CatalogView view, IReadOnlyList<CatalogFeature> features, IReadOnlyList<string> files, JoinRules rules)
    {
        var names = new SourceColumns(view);
        var created = view.CreatedTimestampColumn.Length > 0 ? Time(view.CreatedTimestampColumn) : "CAST(NULL AS TIMESTAMP)";
        var columns = KeysOf(view).Select((key, i) => $"{DuckType.Cast(DuckType.Name(names.InFile(key.Name)), key.Type)} AS k{i}")
            .Append("1 AS one")
            .Append($"{Time(view.TimestampField)} AS ts")
            .Append($"{created} AS created")
            .Concat(features.Select((feature, i) => $"{DuckType.Cast(DuckType.Name(names.InFile(feature.Name)), feature.Type)} AS f{i}"));
        var visible = rules.Visible is null ? "" : $", {rules.Visible} AS visible";
        return $"""
            SELECT *, {RowPlace.Of(view)} AS place{visible} FROM (
              SELECT {string.Join(", ", columns)}, {RowPlace.Number} AS number, filename AS file
              FROM read_parquet([{string.Join(", ", files.Select(DuckType.Text))}], union_by_name = true, hive_partitioning = false, filename = true, file_row_number = true))
            WHERE ts IS NOT NULL{KnownAt(view, rules)}
            """;
    }

    private static string KnownAt(CatalogView view, JoinRules rules)
    {
        if (rules.KnownAt is not { } time)
        {
            return "";
        }

        var created = view.CreatedTimestampColumn.Length > 0 ? $" AND (created IS NULL OR created <= {Literal(time)})" : "";
        return $" AND ts <= {Literal(time)}{created}";
    }

    private static string Time(string column) => DuckType.Cast(DuckType.Name(column), ValueType.UnixTimestamp);

    private static string Literal(DateTimeOffset time) =>
        $"TIMESTAMP '{time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture)}'";
}
