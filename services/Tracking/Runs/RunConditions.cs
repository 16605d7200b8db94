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
    public static string Write(SqlBuilder sql, BoundClause bound, string alias) => bound.Field.Kind switch
    {
        FieldKind.TextAttribute => SqlConditions.Text(sql, bound.Field.Name, bound.Clause),
        FieldKind.NumberAttribute => SqlConditions.Number(sql, bound.Field.Name, bound.Clause),
        FieldKind.Metric => Runs(
            $"latest_metrics {alias}", alias, sql.Argument(bound.Field.Name),
            SqlConditions.Metric(sql, $"{alias}.value", $"{alias}.is_nan", bound.Clause)),
        FieldKind.Param => Pairs(sql, bound, "params", alias),
        FieldKind.Tag => Pairs(sql, bound, "tags", alias),
        _ => Dataset(sql, bound, alias),
    };

    private static string Pairs(SqlBuilder sql, BoundClause bound, string table, string alias)
    {
        var key = sql.Argument(bound.Field.Name);
        return bound.Clause.Comparator switch
        {
            Comparator.IsNull => $"NOT EXISTS (SELECT 1 FROM {table} {alias} WHERE {alias}.run = r.run AND {alias}.key = {key})",
            Comparator.IsNotNull => $"EXISTS (SELECT 1 FROM {table} {alias} WHERE {alias}.run = r.run AND {alias}.key = {key})",
            _ => Runs($"{table} {alias}", alias, key, SqlConditions.Text(sql, $"{alias}.value", bound.Clause)),
        };
    }

    private static string Runs(string table, string alias, string key, string condition) =>
        $"r.run IN (SELECT {alias}.run FROM {table} WHERE {alias}.key = {key} AND {condition})";

    private static string Dataset(SqlBuilder sql, BoundClause bound, string alias)
    {
        if (bound.Field.Name == DatasetContext)
        {
            var condition = SqlConditions.Text(sql, $"{alias}t.value", bound.Clause);
            return $"r.run IN (SELECT {alias}.run FROM run_datasets {alias} JOIN run_dataset_tags {alias}t "
                + $"ON {alias}t.input = {alias}.input WHERE {alias}t.key = 'mlflow.data.context' AND {condition})";
        }

        return $"r.run IN (SELECT {alias}.run FROM run_datasets {alias} JOIN datasets d ON d.dataset = {alias}.dataset "
            + $"WHERE {SqlConditions.Text(sql, bound.Field.Name, bound.Clause)})";
    }
}
