using System.Text.Json;

namespace MlKit.Inference.Rest;

/// <summary>Reads and writes <c>parameters</c> objects: strings, numbers and booleans.</summary>
internal static class JsonParameters
{
    private static readonly object True = true;
    private static readonly object False = false;

    private static readonly Dictionary<string, object> BinaryOutput = new(StringComparer.Ordinal) { ["binary_data_output"] = True };

    /// <summary>Reads the parameters of a request or an output.</summary>
    public static Dictionary<string, object> Read(ref Utf8JsonReader reader, string where)
    {
        var size = default(int?);
        return Read(ref reader, where, takesSize: false, ref size);
    }

    /// <summary>Reads the parameters of a tensor, the size of its binary data apart from the others.</summary>
    public static Dictionary<string, object> Read(ref Utf8JsonReader reader, string tensor, ref int? binarySize) =>
        Read(ref reader, tensor, takesSize: true, ref binarySize);

    private static Dictionary<string, object> Read(ref Utf8JsonReader reader, string where, bool takesSize, ref int? binarySize)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw InferenceException.Invalid($"{Place(where, takesSize)}: 'parameters' must be an object");
        }

        Dictionary<string, object>? parameters = null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            if (takesSize && reader.ValueTextEquals("binary_data_size"u8))
            {
                reader.Read();
                binarySize = ReadSize(ref reader, where);
                continue;
            }

            if (parameters is null && IsBinaryOutputAlone(reader))
            {
                reader.Read();
                reader.Read();
                return BinaryOutput;
            }

            var name = reader.GetString()!;
            reader.Read();
            if (ReadValue(ref reader, where, name) is { } value)
            {
                (parameters ??= new Dictionary<string, object>(StringComparer.Ordinal))[name] = value;
            }
        }

        return parameters ?? NoParameters.Instance;
    }

    /// <summary>What every request of tritonclient for binary outputs has, and nothing else: looked at with a copy of the reader.</summary>
    private static bool IsBinaryOutputAlone(Utf8JsonReader reader) =>
        reader.ValueTextEquals("binary_data_output"u8) && reader.Read() && reader.TokenType == JsonTokenType.True
        && reader.Read() && reader.TokenType == JsonTokenType.EndObject;

    private static string Place(string where, bool isTensor) => isTensor ? $"tensor '{where}'" : where;

    private static int ReadSize(ref Utf8JsonReader reader, string where) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var size) && size >= 0
            ? size
            : throw InferenceException.Invalid($"tensor '{where}': parameter 'binary_data_size' must be a whole number of bytes");

    public static void Write(Utf8JsonWriter writer, IReadOnlyDictionary<string, object> parameters)
    {
        foreach (var (name, value) in parameters)
        {
            writer.WritePropertyName(name);
            switch (value)
            {
                case bool flag:
                    writer.WriteBooleanValue(flag);
                    break;
                case long number:
                    writer.WriteNumberValue(number);
                    break;
                case int number:
                    writer.WriteNumberValue(number);
                    break;
                case ulong number:
                    writer.WriteNumberValue(number);
                    break;
                case double number:
                    writer.WriteNumberValue(number);
                    break;
                default:
                    writer.WriteStringValue(Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture));
                    break;
            }
        }
    }

    private static object? ReadValue(ref Utf8JsonReader reader, string where, string name) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString(),
        JsonTokenType.True => True,
        JsonTokenType.False => False,
        JsonTokenType.Null => null,
        JsonTokenType.Number => ReadNumber(ref reader),
        _ => throw InferenceException.Invalid($"{where}: parameter '{name}' must be a string, a number or a boolean"),
    };

    private static object ReadNumber(ref Utf8JsonReader reader)
    {
        if (reader.TryGetInt64(out var signed))
        {
            return signed;
        }

        return reader.TryGetUInt64(out var unsigned) ? unsigned : reader.GetDouble();
    }
}
