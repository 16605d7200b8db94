using MlKit.Tracking.Experiments;
using MlKit.Tracking.Http;
using MlKit.Tracking.Search;
using MlKit.Tracking.Storage;

namespace MlKit.Tracking.Traces;

/// <summary>Search over traces.</summary>
internal static class TraceSearch
{
    private const int DefaultPage = 100;
    private const int LargestPage = 500;

    public static TraceSearchReply Run(SqlSession session, ApiRequest request)
    {
        if (!request.Has("locations"))
        {
            throw ApiException.MissingParameter("locations");
        }

        var page = Paging.Read(request, DefaultPage, LargestPage);
        var experiments = request.Objects("locations").Where(location => location.TryGet("mlflow_experiment", out _))
            .Select(TraceFields.ReadExperiment).ToList();
        return Run(session, experiments, request.Text("filter"), request.TextList("order_by"), page);
    }

    public static TraceSearchReply Run(
        SqlSession session, IReadOnlyList<string> experimentIds, string? filter, IReadOnlyList<string> orderBy, Paging page)
    {
        var clauses = TraceGrammar.Grammar.Bind(filter);
        var order = TraceGrammar.Grammar.BindOrder(orderBy);
        var experiments = experimentIds.Select(id => (object)(ExperimentStore.TryParseId(id, out var number) ? number : -1)).ToList();
        var sql = new SqlBuilder().Append($"SELECT {Trace.Columns} FROM traces t");
        var keys = Order(sql, order);
        sql.Append($" WHERE t.experiment_id IN {sql.List(experiments)}");
        foreach (var clause in clauses.Where(clause => clause.Field.Kind != FieldKind.Span))
        {
            sql.Append(" AND ").Append(Condition(sql, clause));
        }

        // All that is said about spans is said about one span.
        if (clauses.Where(clause => clause.Field.Kind == FieldKind.Span).ToList() is { Count: > 0 } spans)
        {
            sql.Append(" AND EXISTS (SELECT 1 FROM spans s WHERE s.trace = t.trace AND ")
                .Append(string.Join(" AND ", spans.Select(clause => Span(sql, clause)))).Append(")");
        }

        sql.Append(keys).Append($" LIMIT {sql.Argument(page.Size)} OFFSET {sql.Argument(page.Offset)}");
        var traces = session.Query(sql.Text, Trace.Read, sql.Arguments);
        return new TraceSearchReply(
            traces.Count == 0 ? null : [.. traces.Select(trace => TraceStore.ToMessage(session, trace))],
            page.NextIfFull(traces.Count));
    }

    private static string Condition(SqlBuilder sql, BoundClause bound) => bound.Field.Kind switch
    {
        FieldKind.NumberAttribute => SqlConditions.Number(sql, bound.Field.Name, bound.Clause),
        FieldKind.TextAttribute => SqlConditions.Text(sql, bound.Field.Name, bound.Clause),
        FieldKind.Param => Pair(sql, bound, "trace_metadata"),
        _ => Pair(sql, bound, "trace_tags"),
    };

    private static string Pair(SqlBuilder sql, BoundClause bound, string table)
    {
        var pair = $"EXISTS (SELECT 1 FROM {table} p WHERE p.trace = t.trace AND p.key = {sql.Argument(bound.Field.Name)}";
        return bound.Clause.Comparator switch
        {
            Comparator.IsNull => $"NOT {pair})",
            Comparator.IsNotNull => $"{pair})",
            _ => $"{pair} AND {SqlConditions.Text(sql, "p.value", bound.Clause)})",
        };
    }

    private static string Span(SqlBuilder sql, BoundClause bound) => TraceGrammar.SpanColumn(bound.Field.Name) is { } column
        ? SqlConditions.Text(sql, column, bound.Clause)
        : SqlConditions.Text(
            sql, $"span_attribute(s.content, {sql.Argument(TraceGrammar.SpanAttribute(bound.Field.Name))})", bound.Clause);

    /// <summary>Missing values come last, either way; ties newest first, then by id.</summary>
    private static string Order(SqlBuilder sql, IReadOnlyList<(Field Field, bool Descending)> items)
    {
        var keys = new List<string>();
        foreach (var (field, descending) in items)
        {
            var value = field.Kind switch
            {
                FieldKind.Param => Value(sql, "trace_metadata", field.Name),
                FieldKind.Tag => Value(sql, "trace_tags", field.Name),
                FieldKind.Span => throw ApiException.Invalid($"order_by cannot use '{field.Name}' of spans."),
                _ => field.Name,
            };
            keys.Add($"CASE WHEN {value} IS NULL THEN 1 ELSE 0 END");
            keys.Add(value + (descending ? " DESC" : " ASC"));
        }

        keys.Add("t.timestamp_ms DESC");
        keys.Add("t.trace_id ASC");
        return " ORDER BY " + string.Join(", ", keys);
    }

    private static string Value(SqlBuilder sql, string table, string key) =>
        $"(SELECT p.value FROM {table} p WHERE p.trace = t.trace AND p.key = {sql.Argument(key)})";
}
