using System.Text;
using System.Text.Json;

namespace MlKit.Inference.Rest;

/// <summary>Tensors as nested JSON arrays whose nesting gives the shape, as KServe's V1 protocol and MLflow's examples have them.</summary>
public static class NestedJson
{
    /// <summary>Reads a value or nested arrays of equal lengths.</summary>
    /// <exception cref="InferenceException">The arrays have different lengths, or a value does not fit the type; the message names the tensor.</exception>
    public static Tensor Read(string name, TensorDataType type, JsonElement nested)
    {
        var shape = new List<long>();
        for (var level = nested; level.ValueKind == JsonValueKind.Array; level = level[0])
        {
            shape.Add(level.GetArrayLength());
            if (shape[^1] == 0)
            {
                break;
            }

            if (shape.Count > RestBodyReader.MaxDepth)
            {
                throw InferenceException.Invalid($"tensor '{name}': the arrays are nested deeper than {RestBodyReader.MaxDepth} levels");
            }
        }

        var json = nested.ValueKind == JsonValueKind.Array ? nested.GetRawText() : $"[{nested.GetRawText()}]";
        return new Tensor(name, type, [.. shape], JsonTensorReader.Read(name, type, shape.ToArray(), Encoding.UTF8.GetBytes(json)));
    }

    /// <summary>Writes a tensor as nested arrays.</summary>
    /// <exception cref="InferenceException">The tensor has no JSON form.</exception>
    public static void Write(Utf8JsonWriter writer, Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(tensor);
        JsonTensorWriter.Check(tensor);
        using var flat = new MemoryStream();
        using (var elements = new Utf8JsonWriter(flat, RestBodyWriter.Options))
        {
            elements.WriteStartArray();
            JsonTensorWriter.Write(elements, tensor);
            elements.WriteEndArray();
        }

        using var document = JsonDocument.Parse(BareWords.Quote(flat.ToArray()) ?? flat.ToArray());
        var at = 0;
        Write(writer, document.RootElement, tensor, 0, ref at);
    }

    private static void Write(Utf8JsonWriter writer, JsonElement flat, Tensor tensor, int dimension, ref int at)
    {
        if (dimension == tensor.Shape.Length)
        {
            flat[at++].WriteTo(writer);
            return;
        }

        writer.WriteStartArray();
        for (var i = 0L; i < tensor.Shape[dimension] && tensor.Count > 0; i++)
        {
            Write(writer, flat, tensor, dimension + 1, ref at);
        }

        writer.WriteEndArray();
    }
}
