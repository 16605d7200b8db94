using MlKit.Tracking.Search;

namespace MlKit.Tracking.Runs;

/// <summary>
/// Writes the order of runs: what is missing comes last in both directions (metrics: numbers, NaN, missing), ties
/// are newest first, then by run id.
/// </summary>
internal static class RunOrder
{
    private const string StartTime = "r.start_time";

    /// <summary>Appends the joins that the order needs and returns the ORDER BY.</summary>
    public static string Joins(SqlBuilder sql, IReadOnlyList<(Field Field, bool Descending)> order)
    {
        var keys = new List<string>();
        for (var i = 0; i < order.Count; i++)
        {
            var (field, descending) = order[i];
            var direction = descending ? "DESC" : "ASC";
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
