using MlKit.Tracking.Search;

namespace MlKit.Tracking.Runs;

/// <summary>
/// Writes the order of runs: what is missing comes last in both directions (metrics: numbers, NaN, missing), ties
/// are newest first, then by run id.
/// </summary>
internal static class RunOrder
{
    private const string StartTime = "r.start_time";

    /// <summary>Begins with the rows of the first metric, numbers only, in their order; returns their condition.</summary>
    public static string FollowMetric(SqlBuilder sql, IReadOnlyList<(Field Field, bool Descending)> order)
    {
        // CROSS JOIN tells SQLite to keep this sequence.
        sql.Append("latest_metrics o0 CROSS JOIN runs r ON r.run = o0.run");
        return $"o0.key = {sql.Argument(order[0].Field.Name)} AND o0.is_nan = 0";
    }

    /// <summary>Appends the joins that the order needs and returns the ORDER BY.</summary>
    /// <param name="sql">Takes the joins.</param>
    /// <param name="order">The items.</param>
    /// <param name="followed">Whether the statement begins with the first item's metric.</param>
    public static string Joins(SqlBuilder sql, IReadOnlyList<(Field Field, bool Descending)> order, bool followed)
    {
        var keys = new List<string>();
        for (var i = 0; i < order.Count; i++)
        {
            var (field, descending) = order[i];
            var direction = descending ? "DESC" : "ASC";
            if (followed && i == 0)
            {
                keys.Add($"o0.value {direction}");
                continue;
            }

            if (field.Kind is FieldKind.TextAttribute or FieldKind.NumberAttribute)
            {
                keys.Add($"{field.Name} IS NULL, {field.Name} {direction}");
                continue;
            }

            var alias = $"o{i}";
            var table = field.Kind switch
            {
                FieldKind.Metric => "latest_metrics",
                FieldKind.Param => "params",
                _ => "tags",
            };
            sql.Append($" LEFT JOIN {table} {alias} ON {alias}.run = r.run AND {alias}.key = {sql.Argument(field.Name)}");
            keys.Add(field.Kind == FieldKind.Metric
                ? $"CASE WHEN {alias}.value IS NULL THEN 2 ELSE {alias}.is_nan END, {alias}.value {direction}"
                : $"{alias}.value IS NULL, {alias}.value {direction}");
        }

        if (!order.Any(item => item.Field.Name == StartTime))
        {
            keys.Add("r.start_time DESC");
        }

        return $" ORDER BY {string.Join(", ", keys)}, r.run_id";
    }
}
