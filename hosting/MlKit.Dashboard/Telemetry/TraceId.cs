using System.Buffers.Binary;
using System.Globalization;

namespace MlKit.Dashboard.Telemetry;

/// <summary>The 16 bytes that name a trace, kept as one number.</summary>
/// <param name="Value">The bytes, most significant first.</param>
public readonly record struct TraceId(UInt128 Value)
{
    /// <summary>True for the all-zero id, which OpenTelemetry reserves for "none".</summary>
    public bool IsEmpty => Value == UInt128.Zero;

    /// <summary>Reads an id as OTLP carries it; false unless it has 16 bytes.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out TraceId id)
    {
        id = bytes.Length == 16 ? new TraceId(BinaryPrimitives.ReadUInt128BigEndian(bytes)) : default;
        return bytes.Length == 16;
    }

    /// <summary>Reads 32 hexadecimal digits.</summary>
    public static bool TryParse(string? text, out TraceId id)
    {
        var valid = UInt128.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value) && text!.Length == 32;
        id = valid ? new TraceId(value) : default;
        return valid;
    }

    /// <summary>32 lower-case hexadecimal digits.</summary>
    public override string ToString() => Value.ToString("x32", CultureInfo.InvariantCulture);

    /// <summary>The first seven digits: enough to tell traces apart by eye.</summary>
    public string ToShortString() => ToString()[..7];
}
