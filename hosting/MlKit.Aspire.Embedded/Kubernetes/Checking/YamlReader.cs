using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Aspire.Hosting.Kubernetes.Checking;

/// <summary>
/// Reads YAML as an API server does: a plain <c>yes</c> is true, a plain <c>0644</c> is octal, a key that stands twice
/// is an error.
/// </summary>
internal static partial class YamlReader
{
    private const int Deepest = 200;
    private const int MostNodes = 5_000_000;

    /// <summary>The documents of a file, empty ones left out.</summary>
    /// <exception cref="YamlException">The text is no YAML.</exception>
    public static IEnumerable<JsonNode> Read(string text)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(text));
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException)
        {
            // The parser's answer to some texts that are no YAML.
            throw new YamlException($"the text is no YAML: {error.Message}");
        }

        var left = MostNodes;
        var documents = new List<JsonNode>();
        foreach (var document in stream.Documents)
        {
            if (Convert(document.RootNode, 0, ref left) is { } tree)
            {
                documents.Add(tree);
            }
        }

        return documents;
    }

    // Aliases may lead back to where they stand, or make much out of little.
    private static JsonNode? Convert(YamlNode node, int depth, ref int left)
    {
        if (depth > Deepest || --left < 0)
        {
            throw new YamlException(node.Start, node.End, $"more than {Deepest} levels or {MostNodes} values");
        }

        switch (node)
        {
            case YamlMappingNode map:
                return Map(map, depth, ref left);
            case YamlSequenceNode list:
                var items = new JsonArray();
                foreach (var item in list.Children)
                {
                    items.Add(Convert(item, depth + 1, ref left));
                }

                return items;
            case YamlScalarNode { Style: ScalarStyle.Plain } scalar when scalar.Tag.IsEmpty || scalar.Tag.IsNonSpecific:
                return Plain(scalar.Value ?? "");
            case YamlScalarNode scalar:
                return JsonValue.Create(scalar.Value);
            default:
                throw new YamlException(node.Start, node.End, $"a {node.NodeType} has no place in a manifest");
        }
    }

    private static JsonObject Map(YamlMappingNode map, int depth, ref int left)
    {
        var result = new JsonObject();
        foreach (var (key, value) in map.Children)
        {
            if (key is not YamlScalarNode { Value: { } name })
            {
                throw new YamlException(key.Start, key.End, "a key must be a text");
            }

            if (!result.TryAdd(name, Convert(value, depth + 1, ref left)))
            {
                throw new YamlException(key.Start, key.End, $"the key \"{name}\" stands twice");
            }
        }

        return result;
    }

    private static JsonNode? Plain(string text) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => null,
        "true" or "True" or "TRUE" or "yes" or "Yes" or "YES" or "on" or "On" or "ON" or "y" or "Y" => JsonValue.Create(true),
        "false" or "False" or "FALSE" or "no" or "No" or "NO" or "off" or "Off" or "OFF" or "n" or "N" => JsonValue.Create(false),
        _ when Whole().IsMatch(text) => Number(text),
        _ when Octal().IsMatch(text) => JsonValue.Create(System.Convert.ToInt64(text.Replace("o", "", StringComparison.Ordinal), 8)),
        _ when Hex().IsMatch(text) => JsonValue.Create(System.Convert.ToInt64(text[2..], 16)),
        _ when Real().IsMatch(text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var real)
            && double.IsFinite(real) => JsonValue.Create(real),
        _ => JsonValue.Create(text),
    };

    private static JsonNode Number(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)
            ? JsonNode.Parse(whole.ToString(CultureInfo.InvariantCulture))!
            : JsonValue.Create(double.Parse(text, CultureInfo.InvariantCulture));

    [GeneratedRegex("^[-+]?(0|[1-9][0-9]*)$")]
    private static partial Regex Whole();

    [GeneratedRegex("^0o?[0-7]{1,20}$")]
    private static partial Regex Octal();

    [GeneratedRegex("^0x[0-9a-fA-F]{1,15}$")]
    private static partial Regex Hex();

    [GeneratedRegex(@"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$")]
    private static partial Regex Real();
}
