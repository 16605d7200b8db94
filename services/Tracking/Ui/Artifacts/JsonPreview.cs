using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MlKit.Tracking.Ui.Artifacts;

/// <summary>Formats JSON for reading; finds the tables that <c>mlflow.log_table</c> writes.</summary>
internal static class JsonPreview
{
    private static readonly JsonWriterOptions Indented =
        new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The text with line breaks and indents; as it is where it is not JSON.</summary>
    public static string Format(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 256 });
            using var buffer = new MemoryStream();
            using (var writer = new Utf8JsonWriter(buffer, Indented))
            {
                document.WriteTo(writer);
            }

            return Encoding.UTF8.GetString(buffer.ToArray());
        }
        catch (JsonException)
        {
            return json;
        }
    }

    /// <summary>Head and rows of an object with <c>columns</c> and <c>data</c>; null for any other JSON.</summary>
    public static IReadOnlyList<IReadOnlyList<string>>? Table(string json, int mostRows)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 256 });
            if (document.RootElement.ValueKind != JsonValueKind.Object
                || !document.RootElement.TryGetProperty("columns", out var columns) || columns.ValueKind != JsonValueKind.Array
                || !document.RootElement.TryGetProperty("data", out var data) || data.ValueKind != JsonValueKind.Array)
            {
                return null;
            }

            return [Cells(columns), .. data.EnumerateArray().Take(mostRows).Where(row => row.ValueKind == JsonValueKind.Array).Select(Cells)];
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>An object or a list to open member by member; null for anything else.</summary>
    public static JsonElement? Tree(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 256 });
            return document.RootElement.ValueKind is JsonValueKind.Object or JsonValueKind.Array ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static IReadOnlyList<string> Cells(JsonElement row) => [.. row.EnumerateArray().Select(cell => cell.ToString())];
}
