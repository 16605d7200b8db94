using System.Buffers.Binary;

namespace MlKit.Feast;

/// <summary>
/// Reads the plain form of small protobuf messages without making objects. Whatever is not in that form (fields out of
/// order, unknown fields, cut bytes) is left to the library.
/// </summary>
internal ref struct ProtoReader(ReadOnlySpan<byte> bytes)
{
    public const int Varint = 0;
    public const int Fixed64 = 1;
    public const int Bytes = 2;
    public const int Fixed32 = 5;

    private ReadOnlySpan<byte> _rest = bytes;

    public readonly bool AtEnd => _rest.IsEmpty;

    /// <summary>Reads a Timestamp whose fields are in order.</summary>
    public static bool TryTimestamp(ReadOnlySpan<byte> bytes, out EventTime time)
    {
        const ulong seconds = (1 << 3) | Varint;
        const ulong nanos = (2 << 3) | Varint;
        var reader = new ProtoReader(bytes);
        long whole = 0;
        var part = 0;
        time = default;
        if (reader.TakeTag(seconds))
        {
            if (!reader.TryVarint(out var value))
            {
                return false;
            }

            whole = (long)value;
        }

        if (reader.TakeTag(nanos))
        {
            if (!reader.TryVarint(out var value))
            {
                return false;
            }

            part = (int)(long)value;
        }

        time = new EventTime(whole, part);
        return reader.AtEnd;
    }

    /// <summary>Reads the tag if it is this one.</summary>
    public bool TakeTag(ulong tag)
    {
        if (_rest.IsEmpty || _rest[0] != tag)
        {
            return false;
        }

        _rest = _rest[1..];
        return true;
    }

    public bool TryVarint(out ulong value)
    {
        value = 0;
        for (var i = 0; i < 10 && i < _rest.Length; i++)
        {
            value |= (ulong)(_rest[i] & 0x7f) << (7 * i);
            if (_rest[i] < 0x80)
            {
                _rest = _rest[(i + 1)..];
                return true;
            }
        }

        return false;
    }

    public bool TryDouble(out double value)
    {
        var enough = _rest.Length >= sizeof(double);
        value = enough ? BinaryPrimitives.ReadDoubleLittleEndian(_rest) : 0;
        _rest = enough ? _rest[sizeof(double)..] : _rest;
        return enough;
    }

    public bool TryFloat(out float value)
    {
        var enough = _rest.Length >= sizeof(float);
        value = enough ? BinaryPrimitives.ReadSingleLittleEndian(_rest) : 0;
        _rest = enough ? _rest[sizeof(float)..] : _rest;
        return enough;
    }

    public bool TryBytes(out ReadOnlySpan<byte> content)
    {
        content = default;
        if (!TryVarint(out var length) || length > (ulong)_rest.Length)
        {
            return false;
        }

        content = _rest[..(int)length];
        _rest = _rest[(int)length..];
        return true;
    }
}
