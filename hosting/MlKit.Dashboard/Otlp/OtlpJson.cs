using System.Buffers;
using System.Text;
using System.Text.Json;
using Google.Protobuf;

namespace MlKit.Dashboard.Otlp;

/// <summary>
/// OTLP's JSON: protobuf's JSON mapping, except that trace and span ids are hexadecimal. Names that are not known are
/// skipped, as OTLP asks for.
/// </summary>
internal static class OtlpJson
{
    private static readonly JsonParser Parser = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true));
    private static readonly JsonFormatter Formatter = new(JsonFormatter.Settings.Default.WithFormatEnumsAsIntegers(true));
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");

    /// <summary>The longest number that a double, as which the parser reads numbers, holds exactly.</summary>
    private const int ExactDigits = 15;

    /// <summary>Reads one message.</summary>
    /// <param name="json">UTF-8, one JSON object.</param>
    /// <exception cref="InvalidDataException">It is no JSON, or no message of this kind.</exception>
    public static T Parse<T>(ReadOnlySpan<byte> json)
        where T : IMessage<T>, new()
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            reader.Read();
            var text = Rewrite(ref reader, FromHex);
            return reader.Read() ? throw new InvalidDataException("more than one value") : Parser.Parse<T>(text);
        }
        catch (Exception problem) when (IsMalformed(problem))
        {
            throw new InvalidDataException(problem.Message, problem);
        }
    }

    /// <summary>Writes a message as UTF-8.</summary>
    public static byte[] Format(IMessage message)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(Formatter.Format(message)));
        reader.Read();
        return Encoding.UTF8.GetBytes(Rewrite(ref reader, ToHex));
    }

    /// <summary>True for what the two readers of JSON throw at malformed input.</summary>
    public static bool IsMalformed(Exception problem) =>
        problem is JsonException or InvalidJsonException or InvalidProtocolBufferException or InvalidOperationException or FormatException or OverflowException or ArgumentException;

    /// <summary>Copies the value at the reader's place, its ids converted and long whole numbers as text, which loses no digit.</summary>
    private static string Rewrite(ref Utf8JsonReader reader, Func<string, string> convertId)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer);
        var isId = false;
        do
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    var name = reader.GetString()!;
                    isId = name is "traceId" or "spanId" or "parentSpanId" or "trace_id" or "span_id" or "parent_span_id";
                    writer.WritePropertyName(name);
                    continue;
                case JsonTokenType.String:
                    writer.WriteStringValue(isId ? convertId(reader.GetString()!) : reader.GetString());
                    break;
                case JsonTokenType.Number when reader.ValueSpan.Length > ExactDigits && reader.ValueSpan.IndexOfAny(".eE"u8) < 0:
                    writer.WriteStringValue(reader.ValueSpan);
                    break;
                default:
                    WriteOther(ref reader, writer);
                    break;
            }

            isId = false;
        }
        while (writer.CurrentDepth > 0 && reader.Read());
        writer.Flush();
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteOther(ref Utf8JsonReader reader, Utf8JsonWriter writer)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                writer.WriteStartObject();
                break;
            case JsonTokenType.EndObject:
                writer.WriteEndObject();
                break;
            case JsonTokenType.StartArray:
                writer.WriteStartArray();
                break;
            case JsonTokenType.EndArray:
                writer.WriteEndArray();
                break;
            default:
                writer.WriteRawValue(reader.ValueSpan, skipInputValidation: true);
                break;
        }
    }

    // What is not hexadecimal is no id: its record is then refused, or loses its link, and the others of the request stay.
    private static string FromHex(string id) =>
        id.Length % 2 == 0 && !id.AsSpan().ContainsAnyExcept(HexDigits) ? Convert.ToBase64String(Convert.FromHexString(id)) : "";

    private static string ToHex(string base64) => Convert.ToHexStringLower(Convert.FromBase64String(base64));
}
