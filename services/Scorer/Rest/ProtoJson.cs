using System.Buffers;
using System.Collections;
using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace MlKit.Scorer.Rest;

/// <summary>
/// Protobuf messages as the REST extensions show them: names as in the protocol's files, every simple field, and 64-bit
/// integers as numbers, where protobuf's own JSON has texts.
/// </summary>
internal static class ProtoJson
{
    public static byte[] Write(IMessage message)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(output))
        {
            WriteMessage(writer, message);
        }

        return output.WrittenSpan.ToArray();
    }

    private static void WriteMessage(Utf8JsonWriter writer, IMessage message)
    {
        writer.WriteStartObject();
        foreach (var field in message.Descriptor.Fields.InFieldNumberOrder())
        {
            var value = field.Accessor.GetValue(message);
            if (field.IsMap)
            {
                WriteMap(writer, field, (IDictionary)value);
            }
            else if (field.IsRepeated)
            {
                WriteList(writer, field, (IList)value);
            }
            else if (!field.HasPresence || field.Accessor.HasValue(message))
            {
                writer.WritePropertyName(field.Name);
                WriteValue(writer, field, value);
            }
        }

        writer.WriteEndObject();
    }

    private static void WriteMap(Utf8JsonWriter writer, FieldDescriptor field, IDictionary map)
    {
        writer.WriteStartObject(field.Name);
        foreach (DictionaryEntry entry in map)
        {
            writer.WritePropertyName(Convert.ToString(entry.Key, System.Globalization.CultureInfo.InvariantCulture)!);
            WriteValue(writer, field.MessageType.FindFieldByNumber(2), entry.Value!);
        }

        writer.WriteEndObject();
    }

    private static void WriteList(Utf8JsonWriter writer, FieldDescriptor field, IList list)
    {
        writer.WriteStartArray(field.Name);
        foreach (var item in list)
        {
            WriteValue(writer, field, item);
        }

        writer.WriteEndArray();
    }

    private static void WriteValue(Utf8JsonWriter writer, FieldDescriptor field, object value)
    {
        switch (value)
        {
            case IMessage nested:
                WriteMessage(writer, nested);
                break;
            case string text:
                writer.WriteStringValue(text);
                break;
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            case int number:
                writer.WriteNumberValue(number);
                break;
            case uint number:
                writer.WriteNumberValue(number);
                break;
            case long number:
                writer.WriteNumberValue(number);
                break;
            case ulong number:
                writer.WriteNumberValue(number);
                break;
            default:
                writer.WriteStringValue(field.EnumType.FindValueByNumber(Convert.ToInt32(value, System.Globalization.CultureInfo.InvariantCulture)).Name);
                break;
        }
    }
}
