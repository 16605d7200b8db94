using MlKit.Tracking.Http;
using MlKit.Tracking.Search;
using MlKit.Tracking.Storage;

namespace MlKit.Tracking.Experiments;

/// <summary>Search over experiments.</summary>
internal static class ExperimentSearch
{
    private const int DefaultPage = 1000;
    private const int LargestPage = 50_000;

    private static readonly Dictionary<string, Field> Attributes = new()
    {
        ["name"] = new(FieldKind.TextAttribute, "e.name"),
        ["experiment_id"] = new(FieldKind.TextAttribute, "CAST(e.experiment_id AS TEXT)"),
        ["creation_time"] = new(FieldKind.NumberAttribute, "e.creation_time"),
        ["last_update_time"] = new(FieldKind.NumberAttribute, "e.last_update_time"),
    };

    private static readonly Grammar Grammar = new()
    {
        Entities = new Dictionary<string, FieldKind>
        {
            [""] = FieldKind.TextAttribute,
            ["attribute"] = FieldKind.TextAttribute,
            ["tag"] = FieldKind.Tag,
            ["tags"] = FieldKind.Tag,
        },
        Attributes = Attributes,
        OrderAttributes = new Dictionary<string, Field>(Attributes)
        {
            ["experiment_id"] = new(FieldKind.NumberAttribute, "e.experiment_id"),
        },
        Listable = ["CAST(e.experiment_id AS TEXT)"],
        NullTests = true,
        OrdersTwice = true,
        WholeNumbers = true,
    };

    public static ExperimentsReply Run(SqlSession session, ApiRequest request)
    {
        var page = Paging.Read(request, DefaultPage, LargestPage);
        var sql = new SqlBuilder().Append($"SELECT {ExperimentStore.Columns} FROM experiments e WHERE ");
        sql.Append(request.View("view_type").Condition("e.deleted"));
        foreach (var clause in Grammar.Bind(request.Text("filter")))
        {
            sql.Append(" AND ").Append(Condition(sql, clause));
        }

        sql.Append(Order(request.TextList("order_by")));
        sql.Append($" LIMIT {sql.Argument(page.Size + 1)} OFFSET {sql.Argument(page.Offset)}");
        var rows = session.Query(sql.Text, ExperimentStore.Read, sql.Arguments);
        var next = page.NextIfMore(rows);
        return new ExperimentsReply(
            rows.Count == 0 ? null : [.. rows.Select(row => row.ToMessage(ExperimentStore.Tags(session, row.Id)))], next);
    }

    private static string Condition(SqlBuilder sql, BoundClause bound) => bound.Field.Kind switch
    {
        FieldKind.Tag => Tag(sql, bound),
        FieldKind.NumberAttribute => SqlConditions.Number(sql, bound.Field.Name, bound.Clause),
        _ => SqlConditions.Text(sql, bound.Field.Name, bound.Clause),
    };

    private static string Tag(SqlBuilder sql, BoundClause bound)
    {
        var tag = "EXISTS (SELECT 1 FROM experiment_tags t WHERE t.experiment_id = e.experiment_id AND t.key = "
            + sql.Argument(bound.Field.Name);
        return bound.Clause.Comparator switch
        {
            Comparator.IsNull => $"NOT {tag})",
            Comparator.IsNotNull => $"{tag})",
            _ => $"{tag} AND {SqlConditions.Text(sql, "t.value", bound.Clause)})",
        };
    }

    private static string Order(IReadOnlyList<string> items)
    {
        if (items.Count == 0)
        {
            return " ORDER BY e.creation_time DESC, e.experiment_id DESC";
        }

        var order = Grammar.BindOrder(items).Select(item => item.Field.Kind == FieldKind.Tag
            ? throw ApiException.Invalid($"order_by cannot use tag '{item.Field.Name}'.")
            : item.Field.Name + (item.Descending ? " DESC" : " ASC"));
        return " ORDER BY " + string.Join(", ", order) + ", e.experiment_id DESC";
    }
}
