using MlKit.Tracking.Http;
using MlKit.Tracking.Search;

namespace MlKit.Tracking.LoggedModels;

/// <summary>
/// Writes the order of logged models: attributes or latest metrics (by time, then step), missing ones last, ties
/// newest first.
/// </summary>
internal static class LoggedModelOrder
{
    private const string MetricPrefix = "metrics.";

    public static string Write(SqlBuilder sql, JsonFields[] items, IReadOnlyDictionary<string, Field> attributes)
    {
        var keys = items.Select(item => Key(sql, item, attributes)).ToList();
        keys.Add("m.creation_time DESC");
        keys.Add("m.model DESC");
        return " ORDER BY " + string.Join(", ", keys);
    }

    private static string Key(SqlBuilder sql, JsonFields item, IReadOnlyDictionary<string, Field> attributes)
    {
        var name = item.Text("field_name") ?? "";
        var direction = item.Flag("ascending") is false ? "DESC" : "ASC";
        var dataset = item.Text("dataset_name") is { Length: > 0 } given ? given : null;
        var digest = item.Text("dataset_digest") is { Length: > 0 } text ? text : null;
        if (digest is not null && dataset is null)
        {
            throw ApiException.Invalid("'dataset_digest' needs 'dataset_name' beside it.");
        }

        if (name.StartsWith(MetricPrefix, StringComparison.Ordinal) && name.Length > MetricPrefix.Length)
        {
            var value = LatestValue(sql, name[MetricPrefix.Length..].Trim('`', '"'), dataset, digest);
            return $"{value} IS NULL, {value} {direction}";
        }

        var attribute = attributes.GetValueOrDefault(name) ?? throw ApiException.Invalid(
            $"Invalid order by field name: '{name}'. Allowed are {string.Join(", ", attributes.Keys)} and metrics.<name>.");
        return $"{attribute.Name} IS NULL, {attribute.Name} {direction}";
    }

    private static string LatestValue(SqlBuilder sql, string metric, string? dataset, string? digest)
    {
        var condition = $"p.key = {sql.Argument(metric)}";
        if (dataset is not null)
        {
            condition += $" AND p.dataset_name = {sql.Argument(dataset)}";
        }

        if (digest is not null)
        {
            condition += $" AND p.dataset_digest = {sql.Argument(digest)}";
        }

        return "(SELECT CASE p.is_nan WHEN 1 THEN NULL ELSE p.value END FROM logged_model_metrics p "
            + $"WHERE p.model = m.model AND {condition} ORDER BY p.timestamp DESC, p.step DESC LIMIT 1)";
    }
}
