using System.Text.Json.Nodes;

namespace MlKit.Tests.Replay;

/// <summary>
/// Answers of a feature server: groups of named columns in this order, each group in any order, because Feast iterates
/// a set.
/// </summary>
internal static class FeatureColumns
{
    public static void Compare(JsonObject expected, JsonNode? actual, Placeholders values, string where)
    {
        var names = actual?["metadata"]?["feature_names"]?.AsArray().Select(name => name!.GetValue<string>()).ToList() ?? [];
        var results = actual?["results"]?.AsArray() ?? [];
        var groups = expected["$columns"]!.AsArray();
        Mismatch.Unless(
            names.Count == results.Count && names.Count == groups.Sum(group => group!.AsArray().Count), $"{where}.$columns", "one result per name", actual);
        var position = 0;
        foreach (var group in groups)
        {
            var columns = group!.AsArray();
            foreach (var column in columns)
            {
                var name = column!["name"]!.GetValue<string>();
                var index = names.FindIndex(position, columns.Count, candidate => candidate == name);
                Mismatch.Unless(index >= 0, $"{where}.{name}", $"a column among {position} to {position + columns.Count - 1}", JsonValue.Create(string.Join(", ", names)));
                CompareColumn(column.AsObject(), results[index], values, $"{where}.{name}");
            }

            position += columns.Count;
        }

        CompareMetadata(expected["metadata"] as JsonObject ?? [], actual!["metadata"]!.AsObject(), values, where);
    }

    private static void CompareColumn(JsonObject expected, JsonNode? actual, Placeholders values, string where)
    {
        foreach (var (key, value) in expected.Where(pair => pair.Key != "name"))
        {
            JsonComparer.Compare(value, actual?[key], values, $"{where}.{key}");
        }
    }

    private static void CompareMetadata(JsonObject expected, JsonObject actual, Placeholders values, string where)
    {
        foreach (var (key, value) in expected)
        {
            JsonComparer.Compare(value, actual[key], values, $"{where}.metadata.{key}");
        }

        var further = actual.Select(pair => pair.Key).Except(expected.Select(pair => pair.Key)).Where(key => key != "feature_names").ToList();
        Mismatch.Unless(further.Count == 0, $"{where}.metadata", "nothing further", JsonValue.Create(string.Join(", ", further)));
    }
}
