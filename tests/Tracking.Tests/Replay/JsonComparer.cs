using System.Text.Json;
using System.Text.Json.Nodes;

namespace MlKit.Tests.Replay;

/// <summary>Compares an answer with a recorded one by the rules of the vectors' README.</summary>
internal static class JsonComparer
{
    private const double DefaultTolerance = 1e-6;

    public static void Compare(JsonNode? expected, JsonNode? actual, Placeholders values, string where = "$")
    {
        switch (expected)
        {
            case JsonObject map:
                CompareObject(map, actual, values, where);
                break;
            case JsonArray list:
                CompareList(list, actual, values, where);
                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                CompareText(value.GetValue<string>(), actual, values, where);
                break;
            default:
                Mismatch.Unless(AreEqual(expected, actual), where, expected?.ToJsonString() ?? "null", actual);
                break;
        }
    }

    private static void CompareText(string expected, JsonNode? actual, Placeholders values, string where)
    {
        if (Placeholders.IsIn(expected))
        {
            values.Compare(expected, actual, where);
            return;
        }

        var isSame = actual?.GetValueKind() == JsonValueKind.String && actual.GetValue<string>() == expected;
        Mismatch.Unless(isSame, where, expected, actual);
    }

    private static void CompareObject(JsonObject expected, JsonNode? actual, Placeholders values, string where)
    {
        if (expected["$unordered"] is JsonArray items)
        {
            CompareUnordered(items, actual, values, where);
            return;
        }

        if (expected["$columns"] is JsonArray)
        {
            FeatureColumns.Compare(expected, actual, values, where);
            return;
        }

        if (expected["$near"] is { } near)
        {
            CompareNear(near.GetValue<double>(), expected["$tol"]?.GetValue<double>() ?? DefaultTolerance, actual, where);
            return;
        }

        var exact = expected["$exact"] as JsonObject;
        var wanted = exact ?? expected;
        if (actual is not JsonObject found)
        {
            throw new Mismatch($"{where}: expected an object, got {Mismatch.Cut(actual?.ToJsonString() ?? "null")}");
        }

        foreach (var (key, value) in wanted)
        {
            if (key == "$absent")
            {
                var present = value!.AsArray().Select(name => name!.GetValue<string>()).Where(found.ContainsKey).ToList();
                Mismatch.Unless(present.Count == 0, where, $"no {string.Join(", ", present)}", found);
                continue;
            }

            Mismatch.Unless(found.ContainsKey(key), $"{where}.{key}", "a value", JsonValue.Create($"keys {string.Join(", ", found.Select(pair => pair.Key))}"));
            Compare(value, found[key], values, $"{where}.{key}");
        }

        if (exact is not null)
        {
            var further = found.Select(pair => pair.Key).Except(exact.Select(pair => pair.Key)).ToList();
            Mismatch.Unless(further.Count == 0, where, "no further keys", JsonValue.Create(string.Join(", ", further)));
        }
    }

    private static void CompareList(JsonArray expected, JsonNode? actual, Placeholders values, string where)
    {
        Mismatch.Unless(actual is JsonArray found && found.Count == expected.Count, where, $"{expected.Count} items", actual);
        for (var i = 0; i < expected.Count; i++)
        {
            Compare(expected[i], actual!.AsArray()[i], values, $"{where}[{i}]");
        }
    }

    private static void CompareUnordered(JsonArray expected, JsonNode? actual, Placeholders values, string where)
    {
        Mismatch.Unless(
            actual is JsonArray found && found.Count == expected.Count, where, $"{expected.Count} items in any order", actual);
        var rest = actual!.AsArray().ToList();
        foreach (var item in expected)
        {
            var match = rest.FindIndex(candidate => Matches(item, candidate, values, where));
            Mismatch.Unless(match >= 0, where, item!.ToJsonString(), actual);
            rest.RemoveAt(match);
        }
    }

    private static bool Matches(JsonNode? expected, JsonNode? actual, Placeholders values, string where)
    {
        var trial = values.Copy();
        try
        {
            Compare(expected, actual, trial, where);
        }
        catch (Mismatch)
        {
            return false;
        }

        values.TakeOver(trial);
        return true;
    }

    private static void CompareNear(double expected, double tolerance, JsonNode? actual, string where)
    {
        var isNear = actual?.GetValueKind() == JsonValueKind.Number
            && Math.Abs(actual.GetValue<double>() - expected) <= tolerance * Math.Max(1, Math.Abs(expected));
        Mismatch.Unless(isNear, where, $"about {expected}", actual);
    }

    private static bool AreEqual(JsonNode? expected, JsonNode? actual)
    {
        var kind = expected?.GetValueKind() ?? JsonValueKind.Null;
        if (kind != (actual?.GetValueKind() ?? JsonValueKind.Null))
        {
            return false;
        }

        return kind != JsonValueKind.Number
            || expected!.ToJsonString() == actual!.ToJsonString()
            || expected.GetValue<double>().Equals(actual.GetValue<double>());
    }
}
