using System.Globalization;
using System.Text.Json;
using Google.Protobuf;
using MlKit.Feast.Protos.Types;
using Case = MlKit.Feast.Protos.Types.Value.ValOneofCase;

namespace MlKit.Feast;

/// <summary>Values as Feast's HTTP server prints them.</summary>
public static class FeastJson
{
    /// <summary>
    /// Writes one value: float32 widened to double, bytes as base64, instants as epoch seconds, NaN and infinities as
    /// text, zoned instants as ISO 8601 in their zone, scalar maps and nulls as <c>null</c>.
    /// </summary>
    public static void Write(Utf8JsonWriter writer, Value value)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(value);
        switch (value.ValCase)
        {
            case Case.None or Case.NullVal or Case.ScalarMapVal: writer.WriteNullValue(); break;
            case Case.BytesVal: writer.WriteBase64StringValue(value.BytesVal.Span); break;
            case Case.StringVal: writer.WriteStringValue(value.StringVal); break;
            case Case.Int32Val: writer.WriteNumberValue(value.Int32Val); break;
            case Case.Int64Val: writer.WriteNumberValue(value.Int64Val); break;
            case Case.DoubleVal: WriteDouble(writer, value.DoubleVal); break;
            case Case.FloatVal: WriteDouble(writer, value.FloatVal); break;
            case Case.BoolVal: writer.WriteBooleanValue(value.BoolVal); break;
            case Case.UnixTimestampVal: writer.WriteNumberValue(value.UnixTimestampVal); break;
            case Case.JsonVal: writer.WriteStringValue(value.JsonVal); break;
            case Case.UuidVal: writer.WriteStringValue(value.UuidVal); break;
            case Case.TimeUuidVal: writer.WriteStringValue(value.TimeUuidVal); break;
            case Case.DecimalVal: writer.WriteStringValue(value.DecimalVal); break;
            case Case.MapVal: WriteMap(writer, value.MapVal); break;
            case Case.StructVal: WriteMap(writer, value.StructVal); break;
            case Case.ZonedTimestampVal: writer.WriteStringValue(Zoned(value.ZonedTimestampVal)); break;
            default: WriteItems(writer, value); break;
        }
    }

    /// <summary>Writes one serialized value, as the online store holds it; no bytes are null.</summary>
    /// <exception cref="FeastException">The bytes are no Value.</exception>
    public static void Write(Utf8JsonWriter writer, ReadOnlySpan<byte> value)
    {
        ArgumentNullException.ThrowIfNull(writer);
        try
        {
            FeastJsonBytes.Write(writer, value);
        }
        catch (InvalidProtocolBufferException error)
        {
            throw new FeastException("the online store holds bytes that are no Feast value", error);
        }
    }

    private static void WriteItems(Utf8JsonWriter writer, Value value)
    {
        switch (value.ValCase)
        {
            case Case.BytesListVal: WriteArray(writer, value.BytesListVal.Val, WriteBytes); break;
            case Case.BytesSetVal: WriteArray(writer, value.BytesSetVal.Val, WriteBytes); break;
            case Case.StringListVal: WriteArray(writer, value.StringListVal.Val, WriteText); break;
            case Case.StringSetVal: WriteArray(writer, value.StringSetVal.Val, WriteText); break;
            case Case.Int32ListVal: WriteArray(writer, value.Int32ListVal.Val, WriteSmall); break;
            case Case.Int32SetVal: WriteArray(writer, value.Int32SetVal.Val, WriteSmall); break;
            case Case.Int64ListVal: WriteArray(writer, value.Int64ListVal.Val, WriteInteger); break;
            case Case.Int64SetVal: WriteArray(writer, value.Int64SetVal.Val, WriteInteger); break;
            case Case.DoubleListVal: WriteArray(writer, value.DoubleListVal.Val, WriteDouble); break;
            case Case.DoubleSetVal: WriteArray(writer, value.DoubleSetVal.Val, WriteDouble); break;
            case Case.FloatListVal: WriteArray(writer, value.FloatListVal.Val, WriteSingle); break;
            case Case.FloatSetVal: WriteArray(writer, value.FloatSetVal.Val, WriteSingle); break;
            case Case.BoolListVal: WriteArray(writer, value.BoolListVal.Val, WriteTruth); break;
            case Case.BoolSetVal: WriteArray(writer, value.BoolSetVal.Val, WriteTruth); break;
            case Case.UnixTimestampListVal: WriteArray(writer, value.UnixTimestampListVal.Val, WriteInteger); break;
            case Case.UnixTimestampSetVal: WriteArray(writer, value.UnixTimestampSetVal.Val, WriteInteger); break;
            default: WriteTexts(writer, value); break;
        }
    }

    private static void WriteTexts(Utf8JsonWriter writer, Value value)
    {
        switch (value.ValCase)
        {
            case Case.JsonListVal: WriteArray(writer, value.JsonListVal.Val, WriteText); break;
            case Case.UuidListVal: WriteArray(writer, value.UuidListVal.Val, WriteText); break;
            case Case.UuidSetVal: WriteArray(writer, value.UuidSetVal.Val, WriteText); break;
            case Case.TimeUuidListVal: WriteArray(writer, value.TimeUuidListVal.Val, WriteText); break;
            case Case.TimeUuidSetVal: WriteArray(writer, value.TimeUuidSetVal.Val, WriteText); break;
            case Case.DecimalListVal: WriteArray(writer, value.DecimalListVal.Val, WriteText); break;
            case Case.DecimalSetVal: WriteArray(writer, value.DecimalSetVal.Val, WriteText); break;
            case Case.MapListVal: WriteArray(writer, value.MapListVal.Val, WriteMap); break;
            case Case.StructListVal: WriteArray(writer, value.StructListVal.Val, WriteMap); break;
            case Case.ListVal: WriteArray(writer, value.ListVal.Val, Write); break;
            case Case.SetVal: WriteArray(writer, value.SetVal.Val, Write); break;
            default: writer.WriteNullValue(); break;
        }
    }

    private static void WriteArray<T>(Utf8JsonWriter writer, IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        writer.WriteStartArray();
        foreach (var item in items)
        {
            write(writer, item);
        }

        writer.WriteEndArray();
    }

    private static void WriteMap(Utf8JsonWriter writer, Map map)
    {
        writer.WriteStartObject();
        foreach (var (key, member) in map.Val)
        {
            writer.WritePropertyName(key);
            Write(writer, member);
        }

        writer.WriteEndObject();
    }

    /// <summary>A whole double keeps its <c>.0</c>, so that a client in Python reads a float.</summary>
    internal static void WriteDouble(Utf8JsonWriter writer, double number)
    {
        if (!double.IsFinite(number))
        {
            writer.WriteStringValue(double.IsNaN(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity");
            return;
        }

        Span<byte> text = stackalloc byte[40];
        number.TryFormat(text, out var length, "R", CultureInfo.InvariantCulture);
        if (text[..length].IndexOfAny((byte)'.', (byte)'E') < 0)
        {
            ".0"u8.CopyTo(text[length..]);
            length += 2;
        }

        writer.WriteRawValue(text[..length], skipInputValidation: true);
    }

    private static string Zoned(ZonedTimestamp zoned)
    {
        if (FeastNatives.Instant(zoned.UnixTimestamp) is not { } instant)
        {
            return zoned.UnixTimestamp.ToString(CultureInfo.InvariantCulture);
        }

        var offset = OffsetOf(zoned.Zone, instant);
        return instant.ToOffset(offset).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
    }

    private static TimeSpan OffsetOf(string zone, DateTimeOffset instant)
    {
        if (zone.StartsWith("UTC", StringComparison.Ordinal) && zone.Length > 4
            && TimeSpan.TryParseExact(zone[4..], "hh\\:mm", CultureInfo.InvariantCulture, out var offset))
        {
            return zone[3] == '-' ? -offset : offset;
        }

        return zone.Length > 0 && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var known) ? known.GetUtcOffset(instant) : TimeSpan.Zero;
    }

    private static void WriteBytes(Utf8JsonWriter writer, ByteString bytes) => writer.WriteBase64StringValue(bytes.Span);

    private static void WriteText(Utf8JsonWriter writer, string text) => writer.WriteStringValue(text);

    private static void WriteSmall(Utf8JsonWriter writer, int number) => writer.WriteNumberValue(number);

    private static void WriteInteger(Utf8JsonWriter writer, long number) => writer.WriteNumberValue(number);

    private static void WriteSingle(Utf8JsonWriter writer, float number) => WriteDouble(writer, number);

    private static void WriteTruth(Utf8JsonWriter writer, bool flag) => writer.WriteBooleanValue(flag);
}
