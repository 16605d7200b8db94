using MlKit.Tracking.Experiments;
using MlKit.Tracking.Http;
using MlKit.Tracking.Search;
using MlKit.Tracking.Storage;

namespace MlKit.Tracking.LoggedModels;

/// <summary>Search over logged models.</summary>
internal static class LoggedModelSearch
{
    private const int DefaultPage = 100;
    private const int LargestPage = 50_000;

    private const string StatusName = "CASE m.status WHEN 1 THEN 'LOGGED_MODEL_PENDING' WHEN 2 THEN 'LOGGED_MODEL_READY' "
        + "WHEN 3 THEN 'LOGGED_MODEL_UPLOAD_FAILED' ELSE 'LOGGED_MODEL_STATUS_UNSPECIFIED' END";

    private static readonly Dictionary<string, Field> Attributes = new()
    {
        ["name"] = new(FieldKind.TextAttribute, "m.name"),
        ["model_id"] = new(FieldKind.TextAttribute, "m.model_id"),
        ["model_type"] = new(FieldKind.TextAttribute, "m.model_type"),
        ["status"] = new(FieldKind.TextAttribute, StatusName),
        ["source_run_id"] = new(FieldKind.TextAttribute, "m.source_run_id"),
        ["creation_timestamp"] = new(FieldKind.NumberAttribute, "m.creation_time"),
        ["creation_time"] = new(FieldKind.NumberAttribute, "m.creation_time"),
        ["last_updated_timestamp"] = new(FieldKind.NumberAttribute, "m.last_update_time"),
        ["last_updated_time"] = new(FieldKind.NumberAttribute, "m.last_update_time"),
    };

    private static readonly Grammar Grammar = new()
    {
        Entities = new Dictionary<string, FieldKind>
        {
            [""] = FieldKind.TextAttribute,
            ["attributes"] = FieldKind.TextAttribute,
            ["metrics"] = FieldKind.Metric,
            ["params"] = FieldKind.Param,
            ["tags"] = FieldKind.Tag,
        },
        Attributes = Attributes,
        OrderAttributes = Attributes,
        PairsInLists = true,
        Listable = ["m.name", "m.model_id", "m.model_type", StatusName, "m.source_run_id"],
    };

    public static LoggedModelsReply Run(SqlSession session, ApiRequest request)
    {
        if (!request.Has("experiment_ids"))
        {
            throw ApiException.MissingParameter("experiment_ids");
        }

        var page = Paging.Read(request, DefaultPage, LargestPage, Question(request));
        var clauses = Grammar.Bind(request.Text("filter"));
        var datasets = DatasetRestriction.Read(request.Objects("datasets"));
        var experiments = request.IdList("experiment_ids")
            .Select(id => (object)(ExperimentStore.TryParseId(id, out var number) ? number : -1)).ToList();
        var sql = new SqlBuilder().Append($"SELECT {LoggedModel.Columns} FROM logged_models m");
        var order = LoggedModelOrder.Write(sql, request.Objects("order_by"), Attributes);
        sql.Append($" WHERE m.deleted = 0 AND m.experiment_id IN {sql.List(experiments)}");
        foreach (var clause in clauses)
        {
            sql.Append(" AND ").Append(Condition(sql, clause, datasets));
        }

        if (datasets.Count > 0 && !clauses.Any(clause => clause.Field.Kind == FieldKind.Metric))
        {
            sql.Append(" AND EXISTS (SELECT 1 FROM logged_model_metrics p WHERE p.model = m.model AND ")
                .Append(DatasetRestriction.Write(sql, datasets)).Append(")");
        }

        sql.Append(order).Append($" LIMIT {sql.Argument(page.Size + 1)} OFFSET {sql.Argument(page.Offset)}");
        var rows = session.Query(sql.Text, LoggedModel.Read, sql.Arguments);
        var next = page.NextIfMore(rows);
        return new LoggedModelsReply(
            rows.Count == 0 ? null : [.. rows.Select(row => LoggedModelStore.ToMessage(session, row))], next);
    }

    /// <summary>What a page token is bound to: it continues the search that gave it out, and no other.</summary>
    private static string Question(ApiRequest request) => string.Join('\n', [
        request.Text("filter") ?? "",
        string.Join(',', request.IdList("experiment_ids")),
        .. request.Objects("order_by").Select(item =>
            $"{item.Text("field_name")} {item.Flag("ascending") ?? true} {item.Text("dataset_name")} {item.Text("dataset_digest")}"),
    ]);

    private static string Condition(SqlBuilder sql, BoundClause bound, IReadOnlyList<DatasetRestriction> datasets) =>
        bound.Field.Kind switch
        {
            FieldKind.NumberAttribute => SqlConditions.Number(sql, bound.Field.Name, bound.Clause),
            FieldKind.TextAttribute => SqlConditions.Text(sql, bound.Field.Name, bound.Clause),
            FieldKind.Metric => "EXISTS (SELECT 1 FROM logged_model_metrics p WHERE p.model = m.model AND p.key = "
                + $"{sql.Argument(bound.Field.Name)} AND {SqlConditions.Metric(sql, "p.value", "p.is_nan", bound.Clause)}"
                + (datasets.Count == 0 ? ")" : $" AND {DatasetRestriction.Write(sql, datasets)})"),
            FieldKind.Param => Pair(sql, bound, "logged_model_params"),
            _ => Pair(sql, bound, "logged_model_tags"),
        };

    private static string Pair(SqlBuilder sql, BoundClause bound, string table) =>
        $"EXISTS (SELECT 1 FROM {table} p WHERE p.model = m.model AND p.key = {sql.Argument(bound.Field.Name)} "
        + $"AND {SqlConditions.Text(sql, "p.value", bound.Clause)})";
}
