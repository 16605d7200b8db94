using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MlKit.Tracking.Http;

/// <summary>
/// JSON as Python writes it, with a blank after commas and colons: clients compare the text of the tags that hold it.
/// </summary>
internal static class PythonJson
{
    /// <summary>The list that a tag holds; an empty one where the tag is absent or holds something else.</summary>
    public static JsonArray ReadList(string? text)
    {
        try
        {
            return text is null ? [] : JsonNode.Parse(text) as JsonArray ?? [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    public static string Write(JsonNode? node) => node switch
    {
        null => "null",
        JsonObject map => "{" + string.Join(", ", map.Select(pair => $"{Quote(pair.Key)}: {Write(pair.Value)}")) + "}",
        JsonArray list => "[" + string.Join(", ", list.Select(Write)) + "]",
        _ => Plain(node.AsValue()),
    };

    private static string Plain(JsonValue value)
    {
        // Python writes what JSON has no number for by its name.
        if (value.TryGetValue<double>(out var number) && !double.IsFinite(number))
        {
            return Numbers.NameOf(number);
        }

        return value.GetValueKind() == JsonValueKind.String ? Quote(value.GetValue<string>()) : value.ToJsonString();
    }

    private static string Quote(string text)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(
            buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStringValue(text);
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
