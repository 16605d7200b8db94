using System.Text.Json;
using System.Text.Json.Nodes;
using MlKit.Tracking.Http;
using OpenTelemetry.Proto.Common.V1;

namespace MlKit.Tracking.Traces.Otlp;

/// <summary>Values of attributes, read out of OTLP and written in protobuf's JSON.</summary>
internal static class AttributeValue
{
    /// <summary>How deep values may be nested; nobody's data is, and the reader must not run out of stack.</summary>
    private const int Deepest = 32;

    private static readonly JsonDocumentOptions Shallow = new() { MaxDepth = Deepest };

    /// <summary>
    /// The value as JSON. MLflow's own clients send structured values as JSON text; text that is a JSON object, list
    /// or string stands for what it holds.
    /// </summary>
    public static JsonNode? Read(AnyValue? value) => value?.ValueCase switch
    {
        AnyValue.ValueOneofCase.StringValue => Unwrap(Clean(value.StringValue)),
        _ => Plain(value, 0),
    };

    public static string Clean(string text) => text.Replace('\0', '\uFFFD');

    /// <summary>Writes <c>{"string_value": ...}</c> and its like.</summary>
    public static void Write(Utf8JsonWriter writer, JsonNode? node)
    {
        writer.WriteStartObject();
        switch (node)
        {
            case null:
                break;
            case JsonArray list:
                writer.WriteStartObject("array_value");
                writer.WriteStartArray("values");
                foreach (var item in list)
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                writer.WriteEndObject();
                break;
            case JsonObject map:
                writer.WriteStartObject("kvlist_value");
                WritePairs(writer, "values", map);
                writer.WriteEndObject();
                break;
            default:
                WritePlain(writer, node.AsValue());
                break;
        }

        writer.WriteEndObject();
    }

    public static void WritePairs(Utf8JsonWriter writer, string name, IEnumerable<KeyValuePair<string, JsonNode?>> pairs)
    {
        writer.WriteStartArray(name);
        foreach (var (key, value) in pairs)
        {
            writer.WriteStartObject();
            writer.WriteString("key", key);
            writer.WritePropertyName("value");
            Write(writer, value);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WritePlain(Utf8JsonWriter writer, JsonValue value)
    {
        switch (value.GetValueKind())
        {
            case JsonValueKind.String:
                writer.WriteString("string_value", value.GetValue<string>());
                break;
            case JsonValueKind.True or JsonValueKind.False:
                writer.WriteBoolean("bool_value", value.GetValueKind() == JsonValueKind.True);
                break;
            case JsonValueKind.Number when value.TryGetValue<long>(out var whole):
                writer.WriteNumber("int_value", whole);
                break;
            default:
                WriteDouble(writer, value.TryGetValue<double>(out var real) ? real : 0);
                break;
        }
    }

    private static void WriteDouble(Utf8JsonWriter writer, double value)
    {
        if (double.IsFinite(value))
        {
            writer.WriteNumber("double_value", value);
        }
        else
        {
            writer.WriteString("double_value", Numbers.NameOf(value));
        }
    }

    private static JsonNode? Plain(AnyValue? value, int depth)
    {
        if (depth > Deepest)
        {
            throw ApiException.BadRequest($"Invalid OpenTelemetry format: values are nested deeper than {Deepest} levels.");
        }

        switch (value?.ValueCase)
        {
            case AnyValue.ValueOneofCase.StringValue:
                return Clean(value.StringValue);
            case AnyValue.ValueOneofCase.BoolValue:
                return value.BoolValue;
            case AnyValue.ValueOneofCase.IntValue:
                return value.IntValue;
            case AnyValue.ValueOneofCase.DoubleValue:
                return value.DoubleValue;
            case AnyValue.ValueOneofCase.BytesValue:
                return value.BytesValue.ToBase64();
            case AnyValue.ValueOneofCase.ArrayValue:
                return new JsonArray([.. value.ArrayValue.Values.Select(item => Plain(item, depth + 1))]);
            case AnyValue.ValueOneofCase.KvlistValue:
                var map = new JsonObject();
                foreach (var pair in value.KvlistValue.Values)
                {
                    map[Clean(pair.Key)] = Plain(pair.Value, depth + 1);
                }

                return map;
            default:
                return null;
        }
    }

    private static JsonNode? Unwrap(string text)
    {
        if (text is not (['{', .., '}'] or ['[', .., ']'] or ['"', .., '"']))
        {
            return text;
        }

        try
        {
            return JsonNode.Parse(text, null, Shallow) is { } node && IsReadable(node) ? node : text;
        }
        catch (JsonException)
        {
            return text;
        }
    }

    /// <summary>JSON that names a key twice, spells half a surrogate pair or U+0000 stays the text that it came as.</summary>
    private static bool IsReadable(JsonNode node)
    {
        try
        {
            return !node.ToJsonString().Contains("\\u0000", StringComparison.Ordinal);
        }
        catch (Exception error) when (error is InvalidOperationException or ArgumentException)
        {
            return false;
        }
    }
}
