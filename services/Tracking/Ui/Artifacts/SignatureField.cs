using System.Text.Json;

namespace MlKit.Tracking.Ui.Artifacts;

/// <summary>One input or output of a model: a tensor, or a column of a table.</summary>
/// <param name="Name">Its name, or its place where it has none.</param>
/// <param name="Type">What it holds.</param>
/// <param name="IsRequired">Whether it must be given.</param>
public sealed record SignatureField(string Name, string Type, bool IsRequired)
{
    /// <summary>Reads MLflow's JSON of inputs or outputs; nothing from anything else.</summary>
    public static IReadOnlyList<SignatureField> Read(string? json)
    {
        if (string.IsNullOrEmpty(json))
        {
            return [];
        }

        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Array
                ? [.. document.RootElement.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object).Select(Read)]
                : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private static SignatureField Read(JsonElement item, int index) => new(
        item.TryGetProperty("name", out var name) ? name.ToString() : $"-{index}-",
        TypeOf(item),
        !item.TryGetProperty("required", out var required) || required.ValueKind != JsonValueKind.False);

    private static string TypeOf(JsonElement item)
    {
        if (item.TryGetProperty("tensor-spec", out var tensor) && tensor.ValueKind == JsonValueKind.Object)
        {
            var type = tensor.TryGetProperty("dtype", out var dtype) ? dtype.ToString() : "";
            var shape = tensor.TryGetProperty("shape", out var dimensions) && dimensions.ValueKind == JsonValueKind.Array
                ? $"[{string.Join(", ", dimensions.EnumerateArray().Select(dimension => dimension.ToString()))}]"
                : "";
            return $"tensor of {type} {shape}";
        }

        var text = item.TryGetProperty("type", out var kind) ? kind.ToString() : "";
        return text switch
        {
            "array" when item.TryGetProperty("items", out var items) && items.ValueKind == JsonValueKind.Object => $"array of {TypeOf(items)}",
            "object" when item.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object =>
                "object { " + string.Join(", ", properties.EnumerateObject().Select(property => property.Value.ValueKind == JsonValueKind.Object
                    ? $"{property.Name}: {TypeOf(property.Value)}"
                    : property.Name)) + " }",
            _ => text,
        };
    }
}
