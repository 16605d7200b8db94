using System.Buffers.Binary;
using System.Text;
using MlKit.Feast.Protos.Types;

namespace MlKit.Feast;

/// <summary>
/// Feast's serialized entity keys. Version 3: count, then type, length and name of each join key, then type, length and
/// bytes of each value, all integers little-endian; join keys sorted by code point. Version 2 leaves out the count and
/// the lengths of the names.
/// </summary>
public sealed class EntityKeyCodec
{
    /// <summary>The version that Feast uses by default.</summary>
    public const int DefaultVersion = 3;

    private readonly int[] _order;
    private readonly byte[] _header;

    /// <summary>Prepares keys of these join keys.</summary>
    /// <param name="joinKeys">Join key names, in the order in which values will be given.</param>
    /// <param name="version">Serialization version: 2 or 3.</param>
    /// <exception cref="FeastException">The version is neither 2 nor 3.</exception>
    public EntityKeyCodec(IReadOnlyList<string> joinKeys, int version = DefaultVersion)
    {
        ArgumentNullException.ThrowIfNull(joinKeys);
        if (version is not (2 or 3))
        {
            throw new FeastException($"entity_key_serialization_version is {version}; allowed are 2 and 3");
        }

        var names = joinKeys.Select(Encoding.UTF8.GetBytes).ToArray();
        // UTF-8 bytes sort as code points do; UTF-16 units do not.
        _order = [.. Enumerable.Range(0, names.Length).Order(Comparer<int>.Create((a, b) => names[a].AsSpan().SequenceCompareTo(names[b])))];
        _header = Header(_order.Select(index => names[index]), names.Length, version);
    }

    /// <summary>What every key of these join keys starts with; for scans.</summary>
    public ReadOnlyMemory<byte> Prefix => _header;

    /// <summary>The key of one entity.</summary>
    /// <param name="values">One value per join key, in the order of the constructor.</param>
    /// <param name="suffix">Bytes to put behind the key; the project's name for a Redis key.</param>
    /// <exception cref="FeastException">A value is of a type that cannot be a key.</exception>
    public byte[] Serialize(IReadOnlyList<Value> values, ReadOnlySpan<byte> suffix = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Count != _order.Length)
        {
            throw new FeastException($"an entity key of {_order.Length} join keys got {values.Count} values");
        }

        var length = _header.Length + suffix.Length;
        foreach (var value in values)
        {
            length += 8 + LengthOf(value);
        }

        var key = new byte[length];
        _header.CopyTo(key, 0);
        var rest = key.AsSpan(_header.Length);
        foreach (var index in _order)
        {
            rest = rest[Write(values[index], rest)..];
        }

        suffix.CopyTo(rest);
        return key;
    }

    /// <summary>Whether bytes are a key of exactly these join keys with exactly this suffix; for what a scan found.</summary>
    /// <param name="bytes">A key that may be another project's, or of more join keys.</param>
    /// <param name="suffix">What must stand behind the key.</param>
    public bool IsKey(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> suffix)
    {
        if (!bytes.StartsWith(_header))
        {
            return false;
        }

        var rest = bytes[_header.Length..];
        for (var i = 0; i < _order.Length; i++)
        {
            if (rest.Length < 8 || BinaryPrimitives.ReadUInt32LittleEndian(rest[4..]) is var length && length > rest.Length - 8)
            {
                return false;
            }

            rest = rest[(8 + (int)length)..];
        }

        return rest.SequenceEqual(suffix);
    }

    /// <summary>Reads a version 3 key.</summary>
    /// <param name="bytes">The key, with or without something behind it.</param>
    /// <param name="length">How many bytes belong to the key; the rest is the project in a Redis key.</param>
    /// <exception cref="FeastException">The bytes are no version 3 key.</exception>
    public static EntityKey Deserialize(ReadOnlySpan<byte> bytes, out int length)
    {
        var reader = new EntityKeyReader(bytes);
        var key = reader.ReadKey();
        length = reader.Position;
        return key;
    }

    private static byte[] Header(IEnumerable<byte[]> names, int count, int version)
    {
        var header = new MemoryStream();
        if (version == 3)
        {
            WriteInteger(header, count);
        }

        foreach (var name in names)
        {
            WriteInteger(header, (int)ValueType.String);
            if (version == 3)
            {
                WriteInteger(header, name.Length);
            }

            header.Write(name);
        }

        return header.ToArray();
    }

    private static void WriteInteger(MemoryStream stream, int number)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        stream.Write(bytes);
    }

    private static int LengthOf(Value value) => value.ValCase switch
    {
        Value.ValOneofCase.BytesVal => value.BytesVal.Length,
        Value.ValOneofCase.StringVal => Encoding.UTF8.GetByteCount(value.StringVal),
        Value.ValOneofCase.Int32Val => 4,
        Value.ValOneofCase.Int64Val or Value.ValOneofCase.UnixTimestampVal => 8,
        Value.ValOneofCase.None => throw new FeastException("a join key has no value"),
        var other => throw new FeastException(
            $"a join key cannot be of type {other}; allowed are bytes, string, int32, int64 and unix_timestamp"),
    };

    private static int Write(Value value, Span<byte> target)
    {
        var length = LengthOf(value);
        BinaryPrimitives.WriteInt32LittleEndian(target, (int)value.ValCase);
        BinaryPrimitives.WriteInt32LittleEndian(target[4..], length);
        var content = target.Slice(8, length);
        switch (value.ValCase)
        {
            case Value.ValOneofCase.BytesVal:
                value.BytesVal.Span.CopyTo(content);
                break;
            case Value.ValOneofCase.StringVal:
                Encoding.UTF8.GetBytes(value.StringVal, content);
                break;
            case Value.ValOneofCase.Int32Val:
                BinaryPrimitives.WriteInt32LittleEndian(content, value.Int32Val);
                break;
            case Value.ValOneofCase.Int64Val:
                BinaryPrimitives.WriteInt64LittleEndian(content, value.Int64Val);
                break;
            default:
                BinaryPrimitives.WriteInt64LittleEndian(content, value.UnixTimestampVal);
                break;
        }

        return 8 + length;
    }
}
