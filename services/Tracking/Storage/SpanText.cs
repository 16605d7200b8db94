using System.Text.Json;

namespace MlKit.Tracking.Storage;

/// <summary>Reads stored spans for SQLite.</summary>
internal static class SpanText
{
    private static readonly string[] Plain = ["string_value", "int_value", "bool_value", "double_value"];

    /// <summary>The text of an attribute: of plain values the value, of others their JSON; null where there is none.</summary>
    public static string? Attribute(string content, string key)
    {
        using var span = JsonDocument.Parse(content);
        foreach (var attribute in span.RootElement.GetProperty("attributes").EnumerateArray())
        {
            if (attribute.GetProperty("key").ValueEquals(key))
            {
                return Text(attribute.GetProperty("value"));
            }
        }

        return null;
    }

    private static string Text(JsonElement value)
    {
        foreach (var name in Plain)
        {
            if (value.TryGetProperty(name, out var plain))
            {
                return plain.ValueKind == JsonValueKind.String ? plain.GetString()! : plain.GetRawText();
            }
        }

        return value.GetRawText();
    }
}
