using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MlKit.Mlflow;

/// <summary>The JSON that MLmodel files hold inside YAML strings.</summary>
internal static class SignatureJson
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(IReadOnlyList<TensorSpec> tensors)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Plain))
        {
            writer.WriteStartArray();
            foreach (var tensor in tensors)
            {
                Write(writer, tensor);
            }

            writer.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    public static IReadOnlyList<TensorSpec> Read(string? json)
    {
        if (string.IsNullOrEmpty(json))
        {
            return [];
        }

        using var document = JsonDocument.Parse(json);
        return [.. document.RootElement.EnumerateArray().Where(IsTensor).Select(ReadTensor)];
    }

    private static void Write(Utf8JsonWriter writer, TensorSpec tensor)
    {
        writer.WriteStartObject();
        if (tensor.Name is not null)
        {
            writer.WriteString("name", tensor.Name);
        }

        writer.WriteString("type", "tensor");
        writer.WriteStartObject("tensor-spec");
        writer.WriteString("dtype", tensor.DataType);
        writer.WriteStartArray("shape");
        foreach (var dimension in tensor.Shape)
        {
            writer.WriteNumberValue(dimension);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static bool IsTensor(JsonElement element) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty("tensor-spec", out _);

    private static TensorSpec ReadTensor(JsonElement element)
    {
        var spec = element.GetProperty("tensor-spec");
        var name = element.TryGetProperty("name", out var given) ? given.GetString() : null;
        return new TensorSpec(
            name,
            spec.GetProperty("dtype").GetString() ?? "",
            [.. spec.GetProperty("shape").EnumerateArray().Select(dimension => dimension.GetInt64())]);
    }
}
