using System.Text.Json;

namespace MlKit.Inference.Rest;

/// <summary>Reads and writes <c>parameters</c> objects: strings, numbers and booleans.</summary>
internal static class JsonParameters
{
    public static Dictionary<string, object> Read(ref Utf8JsonReader reader, string where)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw InferenceException.Invalid($"{where}: 'parameters' must be an object");
        }

        var parameters = new Dictionary<string, object>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = reader.GetString()!;
            reader.Read();
            if (ReadValue(ref reader, where, name) is { } value)
            {
                parameters[name] = value;
            }
        }

        return parameters;
    }

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
        JsonTokenType.True => true,
        JsonTokenType.False => false,
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
