using MlKit.Tracking.Http;
using MlKit.Tracking.Search;
using MlKit.Tracking.Storage;

namespace MlKit.Tracking.Registry;

/// <summary>Search over registered models and over versions. Prompts are hidden unless the filter names their tag.</summary>
internal static class RegistrySearch
{
    private const int DefaultModels = 100;
    private const int MostModels = 1000;
    private const int DefaultVersions = 10_000;
    private const int MostVersions = 200_000;

    private static readonly Dictionary<string, FieldKind> Entities = new()
    {
        [""] = FieldKind.TextAttribute,
        ["attribute"] = FieldKind.TextAttribute,
        ["attributes"] = FieldKind.TextAttribute,
        ["attr"] = FieldKind.TextAttribute,
        ["tag"] = FieldKind.Tag,
        ["tags"] = FieldKind.Tag,
    };

    private static readonly Dictionary<string, Field> ModelAttributes = new()
    {
        ["name"] = new(FieldKind.TextAttribute, "m.name"),
    };

    private static readonly Grammar Models = new()
    {
        Entities = Entities,
        Attributes = ModelAttributes,
        OrderAttributes = new Dictionary<string, Field>(ModelAttributes)
        {
            ["timestamp"] = new(FieldKind.NumberAttribute, "m.last_update_time"),
            ["last_updated_timestamp"] = new(FieldKind.NumberAttribute, "m.last_update_time"),
        },
        Listable = ["m.name"],
    };

    private static readonly Field VersionNumber = new(FieldKind.NumberAttribute, "v.version");
    private static readonly Field VersionName = new(FieldKind.TextAttribute, "m.name");

    private static readonly Grammar Versions = new()
    {
        Entities = Entities,
        Attributes = new Dictionary<string, Field>
        {
            ["version_number"] = VersionNumber,
            ["name"] = VersionName,
            ["source_path"] = new(FieldKind.TextAttribute, "v.source"),
            ["run_id"] = new(FieldKind.TextAttribute, "v.run_id"),
        },
        OrderAttributes = new Dictionary<string, Field>
        {
            ["version_number"] = VersionNumber,
            ["name"] = VersionName,
            ["creation_timestamp"] = new(FieldKind.NumberAttribute, "v.creation_time"),
            ["last_updated_timestamp"] = new(FieldKind.NumberAttribute, "v.last_update_time"),
        },
        Listable = ["v.run_id", "m.name"],
        WholeNumbers = true,
    };

    public static RegisteredModelsReply OfModels(SqlSession session, ApiRequest request)
    {
        var page = Paging.Read(request, DefaultModels, MostModels);
        var sql = new SqlBuilder().Append($"SELECT {RegisteredModel.Columns} FROM registered_models m WHERE 1 = 1");
        AppendFilter(sql, Models.Bind(request.Text("filter")), "registered_model_tags t WHERE t.model = m.model");
        AppendOrder(sql, Models.BindOrder(request.TextList("order_by")), "m.name", "m.name");
        sql.Append($" LIMIT {sql.Argument(page.Size + 1)} OFFSET {sql.Argument(page.Offset)}");
        var rows = session.Query(sql.Text, RegisteredModel.Read, sql.Arguments);
        var next = page.NextIfMore(rows);
        return new RegisteredModelsReply(
            rows.Count == 0 ? null : [.. rows.Select(row => RegisteredModelStore.ToMessage(session, row))], next);
    }

    public static ModelVersionsReply OfVersions(SqlSession session, ApiRequest request)
    {
        var page = Paging.Read(request, DefaultVersions, MostVersions);
        var sql = new SqlBuilder().Append($"SELECT {ModelVersion.Columns} FROM {ModelVersion.Tables} WHERE v.deleted = 0");
        AppendFilter(
            sql, Versions.Bind(request.Text("filter")), "model_version_tags t WHERE t.model = v.model AND t.version = v.version");
        AppendOrder(
            sql, Versions.BindOrder(request.TextList("order_by")),
            "v.last_update_time DESC, m.name, v.version DESC", "m.name, v.version DESC");
        sql.Append($" LIMIT {sql.Argument(page.Size + 1)} OFFSET {sql.Argument(page.Offset)}");
        var rows = session.Query(sql.Text, ModelVersion.Read, sql.Arguments);
        var next = page.NextIfMore(rows);
        return new ModelVersionsReply(
            rows.Count == 0 ? null : [.. rows.Select(row => ModelVersionStore.ToMessage(session, row))], next);
    }

    private static void AppendFilter(SqlBuilder sql, IReadOnlyList<BoundClause> clauses, string tags)
    {
        foreach (var clause in clauses)
        {
            sql.Append(" AND ").Append(clause.Field.Kind switch
            {
                FieldKind.Tag => TagCondition(sql, clause, tags),
                FieldKind.NumberAttribute => SqlConditions.Number(sql, clause.Field.Name, clause.Clause),
                _ => SqlConditions.Text(sql, clause.Field.Name, clause.Clause),
            });
        }

        if (!clauses.Any(clause => clause.Field is { Kind: FieldKind.Tag, Name: RegisteredModel.PromptTag }))
        {
            sql.Append(" AND ").Append(NoPrompt(sql, tags));
        }
    }

    /// <summary>Asking for what is not a prompt also finds what lacks the tag; every other missing tag never matches.</summary>
    private static string TagCondition(SqlBuilder sql, BoundClause bound, string tags)
    {
        var (comparator, text) = (bound.Clause.Comparator, bound.Clause.Value.Text);
        var asksForOthers = bound.Field.Name == RegisteredModel.PromptTag
            && ((comparator == Comparator.NotEqual && text == "true") || (comparator == Comparator.Equal && text == "false"));
        return asksForOthers ? NoPrompt(sql, tags) : $"EXISTS (SELECT 1 FROM {tags} AND t.key = "
            + $"{sql.Argument(bound.Field.Name)} AND {SqlConditions.Text(sql, "t.value", bound.Clause)})";
    }

    private static string NoPrompt(SqlBuilder sql, string tags) =>
        $"NOT EXISTS (SELECT 1 FROM {tags} AND t.key = {sql.Argument(RegisteredModel.PromptTag)} AND t.value = 'true')";

    private static void AppendOrder(
        SqlBuilder sql, IReadOnlyList<(Field Field, bool Descending)> order, string standard, string ties)
    {
        if (order.FirstOrDefault(item => item.Field.Kind == FieldKind.Tag).Field is { } tag)
        {
            throw ApiException.Invalid($"order_by cannot use tag '{tag.Name}'.");
        }

        sql.Append(" ORDER BY ").Append(order.Count == 0
            ? standard
            : string.Join(", ", order.Select(item => item.Field.Name + (item.Descending ? " DESC" : " ASC"))) + ", " + ties);
    }
}
