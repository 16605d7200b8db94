using MlKit.Tracking.Search;

namespace MlKit.Tracking.Runs;

/// <summary>Writes filter clauses on runs as SQL. What a run does not have never matches.</summary>
internal static class RunConditions
{
    public const string StatusName = "CASE r.status WHEN 1 THEN 'RUNNING' WHEN 2 THEN 'SCHEDULED' WHEN 3 THEN 'FINISHED' "
        + "WHEN 4 THEN 'FAILED' ELSE 'KILLED' END";

    public const string DatasetContext = "context";

    /// <param name="sql">Takes the parameters.</param>
    /// <param name="bound">The clause.</param>
    /// <param name="alias">A name for the table of this clause.</param>
    /// <param name="asWhole">Whether the runs of the clause are looked up as a whole, not checked one by one.</param>
    public static string Write(SqlBuilder sql, BoundClause bound, string alias, bool asWhole) => bound.Field.Kind switch
    {
        FieldKind.TextAttribute => SqlConditions.Text(sql, bound.Field.Name, bound.Clause),
        FieldKind.NumberAttribute => SqlConditions.Number(sql, bound.Field.Name, bound.Clause),
        _ when asWhole => $"r.run IN ({Rows(sql, bound, alias)})",
        _ => $"{(bound.Clause.Comparator == Comparator.IsNull ? "NOT " : "")}EXISTS ({Rows(sql, bound, alias)} AND {alias}.run = r.run)",
    };

    /// <summary>The rows of a clause that an index leads to, as a statement; null where none does.</summary>
    public static string? IndexedRows(SqlBuilder sql, BoundClause bound) => (bound.Field.Kind, bound.Clause.Comparator) switch
    {
        (FieldKind.Metric, not Comparator.NotEqual) or (FieldKind.Param or FieldKind.Tag, Comparator.Equal) => Rows(sql, bound, "f"),
        _ => null,
    };

    /// <summary>The rows that a clause is about, with the run that each belongs to.</summary>
    private static string Rows(SqlBuilder sql, BoundClause bound, string alias)
    {
        if (bound.Field.Kind == FieldKind.Dataset)
        {
            return Dataset(sql, bound, alias);
        }

        var table = bound.Field.Kind switch
        {
            FieldKind.Metric => "latest_metrics",
            FieldKind.Param => "params",
            _ => "tags",
        };
        var rows = $"SELECT {alias}.run FROM {table} {alias} WHERE {alias}.key = {sql.Argument(bound.Field.Name)}";
        return bound.Clause.Comparator is Comparator.IsNull or Comparator.IsNotNull ? rows : rows + " AND " + (bound.Field.Kind == FieldKind.Metric
            ? SqlConditions.Metric(sql, $"{alias}.value", $"{alias}.is_nan", bound.Clause)
            : SqlConditions.Text(sql, $"{alias}.value", bound.Clause));
    }

    private static string Dataset(SqlBuilder sql, BoundClause bound, string alias) => bound.Field.Name == DatasetContext
        ? $"SELECT {alias}.run FROM run_datasets {alias} JOIN run_dataset_tags {alias}t ON {alias}t.input = {alias}.input "
            + $"WHERE {alias}t.key = 'mlflow.data.context' AND {SqlConditions.Text(sql, $"{alias}t.value", bound.Clause)}"
        : $"SELECT {alias}.run FROM run_datasets {alias} JOIN datasets d ON d.dataset = {alias}.dataset "
            + $"WHERE {SqlConditions.Text(sql, bound.Field.Name, bound.Clause)}";
}
