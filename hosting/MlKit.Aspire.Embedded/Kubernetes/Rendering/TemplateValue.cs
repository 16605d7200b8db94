using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Aspire.Hosting.Kubernetes.Rendering;

/// <summary>Values inside an expression: texts, whole numbers, flags, maps, lists and nothing.</summary>
internal static class TemplateValue
{
    // JsonNode converts from everything: without the casts each value would become one again.
    public static object? From(JsonNode? node) => node?.GetValueKind() switch
    {
        null or JsonValueKind.Null => null,
        JsonValueKind.String => (object)(string)node!,
        JsonValueKind.True => (object)true,
        JsonValueKind.False => (object)false,
        JsonValueKind.Number => Number(node.ToJsonString()),
        _ => (object)node,
    };

    private static object Number(string text) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)
        ? whole
        : (object)double.Parse(text, CultureInfo.InvariantCulture);

    public static JsonNode? ToNode(object? value) => value switch
    {
        null => null,
        string text => JsonValue.Create(text),
        bool flag => JsonValue.Create(flag),
        long whole => JsonValue.Create(whole),
        double real => JsonValue.Create(real),
        JsonNode node => node.DeepClone(),
        _ => throw new FormatException($"a {value.GetType().Name} is no value of an object"),
    };

    /// <summary>What Go's templates take for false: nothing, "", 0, false, and what is empty.</summary>
    public static bool IsTrue(object? value) => value switch
    {
        null or "" or false or 0L or 0d => false,
        JsonObject map => map.Count > 0,
        JsonArray list => list.Count > 0,
        _ => true,
    };

    public static string Text(object? value) => value switch
    {
        null => "",
        bool flag => flag ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        JsonNode node => node.ToJsonString(),
        _ => value.ToString() ?? "",
    };
}
