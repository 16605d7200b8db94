using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace MlKit.Scorer.Tests.Replay;

/// <summary>Compares an answer with a recorded one by the rules of the replay format.</summary>
internal static partial class JsonMatcher
{
    /// <summary>Why the two differ; null: they do not.</summary>
    public static string? Compare(JsonNode? expected, JsonNode? actual, string where = "$") => expected switch
    {
        null => actual is null ? null : $"{where}: expected null, got {actual.ToJsonString()}",
        JsonObject members => CompareObject(members, actual, where),
        JsonArray items => CompareArray(items, actual, where),
        _ => CompareScalar(expected, actual, where),
    };

    private static string? CompareObject(JsonObject expected, JsonNode? actual, string where)
    {
        if (expected["$near"] is { } near)
        {
            return CompareNear(near, expected["$tol"]!.GetValue<double>(), actual, where);
        }

        if (expected["$exact"] is JsonObject exact)
        {
            return actual is JsonObject whole && whole.Count == exact.Count ? Compare(exact, actual, where) : $"{where}: other keys than expected";
        }

        if (expected["$unordered"] is JsonArray unordered)
        {
            return CompareUnordered(unordered, actual, where);
        }

        if (actual is not JsonObject members)
        {
            return $"{where}: expected an object, got {actual?.ToJsonString()}";
        }

        foreach (var (key, value) in expected)
        {
            if (key == "$absent")
            {
                if (value!.AsArray().FirstOrDefault(absent => members.ContainsKey(absent!.GetValue<string>())) is { } there)
                {
                    return $"{where}.{there}: it must not be there";
                }
            }
            else if (!members.TryGetPropertyValue(key, out var found))
            {
                return $"{where}.{key}: missing";
            }
            else if (Compare(value, found, $"{where}.{key}") is { } difference)
            {
                return difference;
            }
        }

        return null;
    }

    private static string? CompareArray(JsonArray expected, JsonNode? actual, string where)
    {
        if (actual is not JsonArray items || items.Count != expected.Count)
        {
            return $"{where}: expected {expected.Count} items, got {actual?.ToJsonString()}";
        }

        for (var i = 0; i < items.Count; i++)
        {
            if (Compare(expected[i], items[i], $"{where}[{i}]") is { } difference)
            {
                return difference;
            }
        }

        return null;
    }

    private static string? CompareUnordered(JsonArray expected, JsonNode? actual, string where)
    {
        if (actual is not JsonArray items || items.Count != expected.Count)
        {
            return $"{where}: expected {expected.Count} items, got {actual?.ToJsonString()}";
        }

        var rest = items.ToList();
        foreach (var wanted in expected)
        {
            var found = rest.FindIndex(item => Compare(wanted, item, where) is null);
            if (found < 0)
            {
                return $"{where}: no item is {wanted?.ToJsonString()}";
            }

            rest.RemoveAt(found);
        }

        return null;
    }

    private static string? CompareNear(JsonNode near, double tolerance, JsonNode? actual, string where)
    {
        var wanted = near.GetValue<double>();
        return actual is JsonValue value && value.TryGetValue<double>(out var number)
            && (number.Equals(wanted) || Math.Abs(number - wanted) <= tolerance * Math.Max(1, Math.Abs(wanted)))
            ? null
            : $"{where}: expected about {near.ToJsonString()}, got {actual?.ToJsonString()}";
    }

    private static string? CompareScalar(JsonNode expected, JsonNode? actual, string where)
    {
        var text = expected.GetValueKind() == System.Text.Json.JsonValueKind.String ? expected.GetValue<string>() : null;
        if (text is not null && Placeholder().Match(text) is { Success: true } placeholder)
        {
            return Fits(placeholder.Groups["type"].Value, actual) ? null : $"{where}: {actual?.ToJsonString()} is no {text}";
        }

        return Normal(expected) == Normal(actual) ? null : $"{where}: expected {expected.ToJsonString()}, got {actual?.ToJsonString()}";
    }

    private static bool Fits(string type, JsonNode? actual) => type switch
    {
        "any" => true,
        "int" => long.TryParse(actual?.ToString(), CultureInfo.InvariantCulture, out _),
        "text" => actual?.GetValueKind() == System.Text.Json.JsonValueKind.String && actual.GetValue<string>().Length > 0,
        "string" => actual?.GetValueKind() == System.Text.Json.JsonValueKind.String,
        _ => actual is not null,
    };

    /// <summary>Numbers by value where they are doubles, exactly as written where they are whole.</summary>
    private static string? Normal(JsonNode? node)
    {
        var text = node?.ToJsonString();
        return text is not null && node!.GetValueKind() == System.Text.Json.JsonValueKind.Number && text.AsSpan().IndexOfAny('.', 'e', 'E') >= 0
            ? double.Parse(text, CultureInfo.InvariantCulture).ToString("R", CultureInfo.InvariantCulture)
            : text;
    }

    [GeneratedRegex(@"^\{\{[^{}:]+:(?<type>\w+)\}\}$")]
    private static partial Regex Placeholder();
}
