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
    /// <summary>The documents of a file, empty ones left out.</summary>
    /// <exception cref="YamlException">The text is no YAML.</exception>
    public static IEnumerable<JsonNode> Read(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return [.. stream.Documents.Select(document => Convert(document.RootNode)).OfType<JsonNode>()];
    }

    private static JsonNode? Convert(YamlNode node) => node switch
    {
        YamlMappingNode map => Map(map),
        YamlSequenceNode list => new JsonArray([.. list.Children.Select(Convert)]),
        YamlScalarNode { Style: ScalarStyle.Plain } scalar when scalar.Tag.IsEmpty || scalar.Tag.IsNonSpecific => Plain(scalar.Value ?? ""),
        YamlScalarNode scalar => JsonValue.Create(scalar.Value),
        _ => throw new YamlException(node.Start, node.End, $"a {node.NodeType} has no place in a manifest"),
    };

    private static JsonObject Map(YamlMappingNode map)
    {
        var result = new JsonObject();
        foreach (var (key, value) in map.Children)
        {
            if (key is not YamlScalarNode { Value: { } name })
            {
                throw new YamlException(key.Start, key.End, "a key must be a text");
            }

            if (!result.TryAdd(name, Convert(value)))
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
