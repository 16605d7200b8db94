using System.Text.Json;

namespace MlKit.Dashboard.Components;

/// <summary>Makes JSON readable.</summary>
internal static class JsonText
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>True for text that looks like a JSON object or list.</summary>
    public static bool IsLikely(string text) => text.Length > 2 && ((text[0] == '{' && text[^1] == '}') || (text[0] == '[' && text[^1] == ']'));

    /// <summary>The same JSON with line breaks; the text itself where it is no JSON.</summary>
    public static string Indent(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return JsonSerializer.Serialize(document.RootElement, Indented);
        }
        catch (JsonException)
        {
            return text;
        }
    }
}
