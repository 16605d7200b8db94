using System.Text.Json;
using System.Text.Json.Nodes;

namespace Aspire.Hosting.Kubernetes.Yaml;

/// <summary>JSON as nodes and nodes without expressions as JSON.</summary>
internal static class JsonTree
{
    /// <summary>An object whose texts stand for themselves.</summary>
    public static YamlMapping FromJson(JsonObject map) => (YamlMapping)FromNode(map);

    /// <summary>Values, which hold no expressions.</summary>
    public static JsonObject ToJson(YamlMapping map)
    {
        var result = new JsonObject();
        foreach (var entry in map.Entries)
        {
            result[entry.Key] = ToNode(entry.Value);
        }

        return result;
    }

    private static JsonNode? ToNode(YamlNode node) => node switch
    {
        YamlMapping map => ToJson(map),
        YamlSequence list => new JsonArray([.. list.Items.Select(ToNode)]),
        YamlText text => JsonValue.Create(text.Value),
        YamlLiteral literal => JsonValue.Create(literal.Value),
        YamlPlain plain => JsonNode.Parse(plain.Value),
        _ => throw new InvalidOperationException($"{node.GetType().Name} has no place in values"),
    };

    private static YamlNode FromNode(JsonNode? node) => node switch
    {
        JsonObject map => new YamlMapping([.. map.Select(entry => new YamlEntry(entry.Key, FromNode(entry.Value)))]),
        JsonArray list => new YamlSequence([.. list.Select(FromNode)]),
        null => new YamlPlain("null"),
        _ when node.GetValueKind() == JsonValueKind.String => new YamlLiteral((string)node!),
        _ => new YamlPlain(node.ToJsonString()),
    };
}
