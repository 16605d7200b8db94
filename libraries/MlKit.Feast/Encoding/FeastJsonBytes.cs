using System.Text.Json;
using System.Text.Unicode;
using Google.Protobuf;
using MlKit.Feast.Protos.Types;

namespace MlKit.Feast;

/// <summary>Prints serialized values; the usual kinds without making a message of them.</summary>
internal static class FeastJsonBytes
{
    /// <exception cref="InvalidProtocolBufferException">The bytes are no Value.</exception>
    public static void Write(Utf8JsonWriter writer, ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty)
        {
            writer.WriteNullValue();
        }
        else if (!TryScalar(writer, value) && !TryList(writer, value))
        {
            FeastJson.Write(writer, Value.Parser.ParseFrom(value));
        }
    }

    private static bool TryScalar(Utf8JsonWriter writer, ReadOnlySpan<byte> value)
    {
        var reader = new ProtoReader(value[1..]);
        switch ((ValueType)(value[0] >> 3), value[0] & 7)
        {
            case (ValueType.Int64 or ValueType.UnixTimestamp, ProtoReader.Varint) when reader.TryVarint(out var number) && reader.AtEnd:
                writer.WriteNumberValue((long)number);
                return true;
            case (ValueType.Int32, ProtoReader.Varint) when reader.TryVarint(out var number) && reader.AtEnd:
                writer.WriteNumberValue((int)(long)number);
                return true;
            case (ValueType.Bool, ProtoReader.Varint) when reader.TryVarint(out var number) && reader.AtEnd:
                writer.WriteBooleanValue(number != 0);
                return true;
            case (ValueType.Double, ProtoReader.Fixed64) when reader.TryDouble(out var number) && reader.AtEnd:
                FeastJson.WriteDouble(writer, number);
                return true;
            case (ValueType.Float, ProtoReader.Fixed32) when reader.TryFloat(out var number) && reader.AtEnd:
                FeastJson.WriteDouble(writer, number);
                return true;
            case (ValueType.String, ProtoReader.Bytes) when reader.TryBytes(out var text) && reader.AtEnd && Utf8.IsValid(text):
                writer.WriteStringValue(text);
                return true;
            default:
                return false;
        }
    }

    /// <summary>Lists of texts and of numbers; nothing is written before all of the list is known to be in order.</summary>
    private static bool TryList(Utf8JsonWriter writer, ReadOnlySpan<byte> value)
    {
        var outer = new ProtoReader(value[1..]);
        if ((value[0] & 7) != ProtoReader.Bytes || !outer.TryBytes(out var list) || !outer.AtEnd)
        {
            return false;
        }

        switch ((ValueType)(value[0] >> 3))
        {
            case ValueType.StringList when AreTexts(list):
                WriteTexts(writer, list);
                return true;
            case ValueType.DoubleList when TryPacked(list, out var packed) && packed.Length % sizeof(double) == 0:
                WriteDoubles(writer, packed);
                return true;
            case ValueType.FloatList when TryPacked(list, out var packed) && packed.Length % sizeof(float) == 0:
                WriteFloats(writer, packed);
                return true;
            case ValueType.Int64List or ValueType.UnixTimestampList when TryPacked(list, out var packed) && AreVarints(packed):
                WriteIntegers(writer, packed);
                return true;
            default:
                return false;
        }
    }

    private static bool TryPacked(ReadOnlySpan<byte> list, out ReadOnlySpan<byte> packed)
    {
        packed = default;
        var reader = new ProtoReader(list);
        return list.IsEmpty || (reader.TakeTag(TagOfItems) && reader.TryBytes(out packed) && reader.AtEnd);
    }

    private static bool AreTexts(ReadOnlySpan<byte> list)
    {
        var reader = new ProtoReader(list);
        while (!reader.AtEnd)
        {
            if (!reader.TakeTag(TagOfItems) || !reader.TryBytes(out var text) || !Utf8.IsValid(text))
            {
                return false;
            }
        }

        return true;
    }

    private static bool AreVarints(ReadOnlySpan<byte> packed)
    {
        var reader = new ProtoReader(packed);
        while (!reader.AtEnd)
        {
            if (!reader.TryVarint(out _))
            {
                return false;
            }
        }

        return true;
    }

    private static void WriteTexts(Utf8JsonWriter writer, ReadOnlySpan<byte> list)
    {
        writer.WriteStartArray();
        for (var reader = new ProtoReader(list); reader.TakeTag(TagOfItems) && reader.TryBytes(out var text);)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }

    private static void WriteDoubles(Utf8JsonWriter writer, ReadOnlySpan<byte> packed)
    {
        writer.WriteStartArray();
        for (var reader = new ProtoReader(packed); reader.TryDouble(out var number);)
        {
            FeastJson.WriteDouble(writer, number);
        }

        writer.WriteEndArray();
    }

    private static void WriteFloats(Utf8JsonWriter writer, ReadOnlySpan<byte> packed)
    {
        writer.WriteStartArray();
        for (var reader = new ProtoReader(packed); reader.TryFloat(out var number);)
        {
            FeastJson.WriteDouble(writer, number);
        }

        writer.WriteEndArray();
    }

    private static void WriteIntegers(Utf8JsonWriter writer, ReadOnlySpan<byte> packed)
    {
        writer.WriteStartArray();
        for (var reader = new ProtoReader(packed); reader.TryVarint(out var number);)
        {
            writer.WriteNumberValue((long)number);
        }

        writer.WriteEndArray();
    }

    /// <summary>Field 1 with a length: a text, or all numbers of a list.</summary>
    private const ulong TagOfItems = (1 << 3) | ProtoReader.Bytes;
}
