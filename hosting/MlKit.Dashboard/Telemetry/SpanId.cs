using System.Buffers.Binary;
using System.Globalization;

namespace MlKit.Dashboard.Telemetry;

/// <summary>The 8 bytes that name a span within its trace, kept as one number.</summary>
/// <param name="Value">The bytes, most significant first.</param>
public readonly record struct SpanId(ulong Value)
{
    /// <summary>True for the all-zero id: a span without a parent has it as parent.</summary>
    public bool IsEmpty => Value == 0;

    /// <summary>Reads an id as OTLP carries it; false unless it has 8 bytes.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out SpanId id)
    {
        id = bytes.Length == 8 ? new SpanId(BinaryPrimitives.ReadUInt64BigEndian(bytes)) : default;
        return bytes.Length == 8;
    }

    /// <summary>Reads 16 hexadecimal digits.</summary>
    public static bool TryParse(string? text, out SpanId id)
    {
        var valid = ulong.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value) && text!.Length == 16;
        id = valid ? new SpanId(value) : default;
        return valid;
    }

    /// <summary>16 lower-case hexadecimal digits.</summary>
    public override string ToString() => Value.ToString("x16", CultureInfo.InvariantCulture);
}
