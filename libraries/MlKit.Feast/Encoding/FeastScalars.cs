using System.Globalization;
using System.Text.Json;
using Google.Protobuf;
using MlKit.Feast.Protos.Types;

namespace MlKit.Feast;

/// <summary>Scalars as Feast's write path takes them: numbers may be text, fractions for integers are cut.</summary>
internal static class FeastScalars
{
    public static Value From(object value, ValueType type)
    {
        var native = value is JsonElement element ? JsonText.Native(element)! : value;
        return type switch
        {
            ValueType.String => new Value { StringVal = Text(native) },
            ValueType.Int32 => new Value { Int32Val = checked((int)Integer(native)) },
            ValueType.Int64 => new Value { Int64Val = Integer(native) },
            ValueType.Double => new Value { DoubleVal = Number(native) },
            ValueType.Float => new Value { FloatVal = native is float exact ? exact : (float)Number(native) },
            ValueType.Bool => new Value { BoolVal = Truth(native) },
            ValueType.Bytes => new Value { BytesVal = ByteString.CopyFrom((byte[])native) },
            ValueType.UnixTimestamp => new Value { UnixTimestampVal = Seconds(native) },
            ValueType.Uuid => new Value { UuidVal = Text(native) },
            ValueType.TimeUuid => new Value { TimeUuidVal = Text(native) },
            ValueType.Decimal => new Value { DecimalVal = Text(native) },
            ValueType.ZonedTimestamp => new Value { ZonedTimestampVal = Zoned(native) },
            ValueType.Null => new Value(),
            _ => throw new InvalidCastException($"{type} is no type of a feature"),
        };
    }

    /// <summary>Text as Python prints it, so that both sides write the same bytes.</summary>
    public static string Text(object value) => value switch
    {
        string text => text,
        bool flag => flag ? "True" : "False",
        Guid id => id.ToString(),
        double number => PythonNumber(number),
        float number => PythonNumber(number),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => throw new InvalidCastException($"{value.GetType().Name} is no text"),
    };

    public static long Integer(object value) => value switch
    {
        long number => number,
        int number => number,
        bool flag => flag ? 1 : 0,
        string text when long.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number) => number,
        string text => throw new FormatException($"'{text}' is no whole number"),
        System.Numerics.BigInteger large => (long)large,
        double or float or decimal => checked((long)decimal.Truncate(ToDecimal(value))),
        _ => Convert.ToInt64(value, CultureInfo.InvariantCulture),
    };

    public static double Number(object value) => value switch
    {
        double number => number,
        string text => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture),
        bool flag => flag ? 1 : 0,
        System.Numerics.BigInteger large => (double)large,
        _ => Convert.ToDouble(value, CultureInfo.InvariantCulture),
    };

    public static bool Truth(object value) => value switch
    {
        bool flag => flag,
        string => throw new InvalidCastException("text is no truth value"),
        _ => Number(value) != 0,
    };

    public static long Seconds(object value) => value switch
    {
        DateTimeOffset time => Whole(time),
        DateTime { Kind: DateTimeKind.Local } time => Whole(new DateTimeOffset(time)),
        DateTime time => Whole(new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc))),
        string => throw new InvalidCastException("an instant is epoch seconds or a DateTimeOffset, not text"),
        _ => Integer(value),
    };

    public static MapKey MapKeyFrom(object key) => key switch
    {
        bool flag => new MapKey { BoolKey = flag },
        int number => new MapKey { Int32Key = number },
        long number => new MapKey { Int64Key = number },
        float number => new MapKey { FloatKey = number },
        double number => new MapKey { DoubleKey = number },
        byte[] bytes => new MapKey { BytesKey = ByteString.CopyFrom(bytes) },
        Guid id => new MapKey { UuidKey = id.ToString() },
        decimal number => new MapKey { DecimalKey = number.ToString(CultureInfo.InvariantCulture) },
        DateTimeOffset time => new MapKey { UnixTimestampKey = Whole(time) },
        _ => throw new InvalidCastException($"{key.GetType().Name} cannot be the key of a scalar map"),
    };

    /// <summary>The second that holds the instant, before 1970 too.</summary>
    private static long Whole(DateTimeOffset time) => time.ToUnixTimeSeconds();

    private static ZonedTimestamp Zoned(object value) => value switch
    {
        ZonedInstant zoned => new ZonedTimestamp { UnixTimestamp = Whole(zoned.Instant), Zone = zoned.Zone },
        DateTimeOffset { Offset.Ticks: not 0 } time => new ZonedTimestamp { UnixTimestamp = Whole(time), Zone = Offset(time.Offset) },
        _ => new ZonedTimestamp { UnixTimestamp = Seconds(value) },
    };

    private static string Offset(TimeSpan offset) =>
        $"UTC{(offset < TimeSpan.Zero ? '-' : '+')}{offset.ToString("hh\\:mm", CultureInfo.InvariantCulture)}";

    private static decimal ToDecimal(object value) => value switch
    {
        double number => (decimal)number,
        float number => (decimal)number,
        _ => (decimal)value,
    };

    private static string PythonNumber(double number)
    {
        var text = number.ToString("R", CultureInfo.InvariantCulture);
        return text.AsSpan().IndexOfAny('.', 'E', 'N') >= 0 || double.IsInfinity(number) ? text : text + ".0";
    }
}
