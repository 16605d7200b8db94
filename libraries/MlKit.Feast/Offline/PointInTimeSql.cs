using System.Globalization;

namespace MlKit.Feast;

/// <summary>
/// The queries of the offline store. Ties of the event time go to the newest created time and then to the row that
/// stands later in the files, so that the same files always give the same answer.
/// </summary>
internal static class PointInTimeSql
{
    /// <summary>Distance of two event times of one microsecond in the order of rows; what is below ranks rows of one time.</summary>
    private const string Scale = "18446744073709551616::HUGEINT";

    /// <summary>
    /// For each row of <c>e(row, ts, k0, k1, ...)</c> with a match: its number, then the features of the newest source
    /// row at or before its time and within the ttl.
    /// </summary>
    /// <param name="view">The view.</param>
    /// <param name="features">Its features, called f0, f1 and so on in the result.</param>
    /// <param name="files">Its files.</param>
    /// <param name="entity">A query that gives <c>e</c>.</param>
    /// <param name="rules">What else counts.</param>
    public static string Join(
        CatalogView view, IReadOnlyList<CatalogFeature> features, IReadOnlyList<string> files, string entity, JoinRules rules)
    {
        var keys = KeysOf(view);
        var equal = string.Join(" AND ", keys.Select((_, i) => $"e.k{i} = s.k{i}").DefaultIfEmpty("e.one = s.one"));
        var ttl = !rules.IgnoreTtl && view.Ttl is { } limit && limit > TimeSpan.Zero
            ? $" WHERE s.ts + to_microseconds({((long)limit.TotalMicroseconds).ToString(CultureInfo.InvariantCulture)}) >= e.ts"
            : "";
        var outputs = string.Concat(features.Select((_, i) => $", f{i}"));
        var source = Source(view, features, files, rules);
        if (rules.Visible is not null || (rules.FilterByCreated && view.CreatedTimestampColumn.Length > 0))
        {
            return $"""
                WITH e AS ({entity}), s AS ({source})
                SELECT row{outputs} FROM (
                  SELECT e.row, s.* FROM e JOIN s ON {equal} AND s.ts <= e.ts AND s.{(rules.Visible is null ? "created" : "visible")} <= e.ts{ttl}
                  QUALIFY row_number() OVER (PARTITION BY e.row ORDER BY s.ts DESC, s.rank DESC) = 1)
                """;
        }

        // Sparse entities: rows of others need not be sorted.
        var known = keys.Count == 0 ? "" : $" SEMI JOIN e ON {equal}";
        return $"""
            WITH e AS MATERIALIZED (SELECT *, (epoch_us(ts)::HUGEINT + 1) * {Scale} - 1 AS last FROM ({entity}) WHERE ts IS NOT NULL),
            s AS (SELECT * FROM ({source}) s{known})
            SELECT e.row{outputs} FROM e ASOF JOIN s ON {equal} AND e.last >= s.place{ttl}
            """;
    }

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
            .Concat(features.Select((feature, i) => $"{DuckType.Cast(DuckType.Name(names.InFile(feature.Name)), feature.Type)} AS f{i}"))
            .Append($"{Rank(view)} AS rank");
        var visible = rules.Visible is null ? "" : $", {rules.Visible} AS visible";
        return $"""
            SELECT *, epoch_us(ts)::HUGEINT * {Scale} + rank AS place{visible} FROM (
              SELECT {string.Join(", ", columns)}, filename AS file
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

    /// <summary>
    /// Ranks rows of the same event time in 64 bits: by created time (53 bits, nulls last) and then by the row's number,
    /// or by file and row's number where there is no created time.
    /// </summary>
    private static string Rank(CatalogView view)
    {
        if (view.CreatedTimestampColumn.Length == 0)
        {
            return "file_index::HUGEINT * 1099511627776 + file_row_number";
        }

        const string half = "4503599627370496";
        var micros = $"epoch_us({Time(view.CreatedTimestampColumn)})";
        // greatest and least pass over nulls, so a null created time is asked for.
        return $"(CASE WHEN {micros} IS NULL THEN 0 ELSE greatest(1, least(2 * {half} - 1, {micros} + {half})) END)::HUGEINT * 2048 + (file_row_number % 2048)";
    }

    private static string Time(string column) => DuckType.Cast(DuckType.Name(column), ValueType.UnixTimestamp);

    private static string Literal(DateTimeOffset time) =>
        $"TIMESTAMP '{time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture)}'";
}
