using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace MlKit.Tests.Replay;

/// <summary>The values that a conversation has captured, and the text that refers to them as <c>{{name:type}}</c>.</summary>
internal sealed partial class Placeholders
{
    private const long DayInMilliseconds = 86_400_000;

    private static readonly Dictionary<string, string> Types = new()
    {
        ["any"] = @"[\s\S]*",
        ["string"] = @"[\s\S]*",
        ["text"] = @"[\s\S]+",
        ["int"] = @"-?\d+",
        ["float"] = @"-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?",
        ["ms"] = @"\d{13}",
        ["hex32"] = "[0-9a-f]{32}",
        ["uuid"] = "[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}",
        ["model_id"] = "m-[0-9a-f]{32}",
        ["iso"] = @"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?",
    };

    private readonly Dictionary<string, JsonNode> _values;

    public Placeholders()
        : this([])
    {
    }

    private Placeholders(Dictionary<string, JsonNode> values)
    {
        _values = values;
    }

    /// <summary>A copy to try a comparison with.</summary>
    public Placeholders Copy() => new(new Dictionary<string, JsonNode>(_values));

    public void TakeOver(Placeholders other)
    {
        foreach (var (name, value) in other._values)
        {
            _values[name] = value;
        }
    }

    public string Fill(string text) => Reference().Replace(text, match => Text(Value(match.Groups[1].Value)));

    public JsonNode? Fill(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject map:
                return new JsonObject(map.Select(pair => KeyValuePair.Create(pair.Key, Fill(pair.Value))));
            case JsonArray list:
                return new JsonArray([.. list.Select(Fill)]);
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                var text = value.GetValue<string>();
                var whole = Reference().Match(text);
                return whole.Success && whole.Length == text.Length
                    ? Value(whole.Groups[1].Value).DeepClone()
                    : JsonValue.Create(Fill(text));
            default:
                return node?.DeepClone();
        }
    }

    public static bool IsIn(string text) => Reference().IsMatch(text);

    /// <summary>Compares a text that refers to values; captures those that it names with a type.</summary>
    public void Compare(string expected, JsonNode? actual, string where)
    {
        var match = Reference().Match(expected);
        if (match.Success && match.Length == expected.Length)
        {
            CompareWhole(match, actual, where);
            return;
        }

        var pattern = "";
        var captured = new List<string>();
        var last = 0;
        foreach (Match part in Reference().Matches(expected))
        {
            pattern += Regex.Escape(expected[last..part.Index]);
            last = part.Index + part.Length;
            if (part.Groups[2].Success)
            {
                pattern += $"({Types[part.Groups[2].Value]})";
                captured.Add(part.Groups[1].Value);
            }
            else
            {
                pattern += Regex.Escape(Text(Value(part.Groups[1].Value)));
            }
        }

        var found = Regex.Match(Text(actual), $@"\A(?:{pattern}{Regex.Escape(expected[last..])})\z");
        Mismatch.Unless(found.Success, where, expected, actual);
        for (var i = 0; i < captured.Count; i++)
        {
            Capture(captured[i], JsonValue.Create(found.Groups[i + 1].Value));
        }
    }

    private void CompareWhole(Match reference, JsonNode? actual, string where)
    {
        var name = reference.Groups[1].Value;
        if (!reference.Groups[2].Success)
        {
            Mismatch.Unless(Text(Value(name)) == Text(actual), where, Text(Value(name)), actual);
            return;
        }

        CheckType(reference.Groups[2].Value, actual, where);
        Capture(name, actual);
    }

    private void Capture(string name, JsonNode? value)
    {
        if (name != "*" && value is not null)
        {
            _values[name] = value.DeepClone();
        }
    }

    private static void CheckType(string type, JsonNode? actual, string where)
    {
        var isText = actual?.GetValueKind() == JsonValueKind.String;
        Mismatch.Unless(type is not ("string" or "text") || isText, where, type, actual);
        var text = Text(actual);
        Mismatch.Unless(type == "any" || Regex.IsMatch(text, $@"\A(?:{Types[type]})\z"), where, type, actual);
        if (type == "ms")
        {
            var distance = long.Parse(text, CultureInfo.InvariantCulture) - TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
            Mismatch.Unless(Math.Abs(distance) < DayInMilliseconds, where, "a time near now", actual);
        }
    }

    private JsonNode Value(string name) =>
        _values.GetValueOrDefault(name) ?? throw new Mismatch($"{name} was never captured");

    private static string Text(JsonNode? node) =>
        node is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : node?.ToJsonString() ?? "null";

    [GeneratedRegex(@"\{\{([A-Za-z0-9_*.\-]+)(?::([a-z0-9_]+))?\}\}")]
    private static partial Regex Reference();
}
