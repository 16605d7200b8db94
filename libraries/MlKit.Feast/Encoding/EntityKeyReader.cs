using System.Buffers.Binary;
using System.Text;
using Google.Protobuf;
using MlKit.Feast.Protos.Types;

namespace MlKit.Feast;

/// <summary>Reads version 3 entity keys from bytes that may be anything.</summary>
internal ref struct EntityKeyReader(ReadOnlySpan<byte> bytes)
{
    /// <summary>The shortest join key or value: type, length and no content.</summary>
    private const int SmallestPart = 8;

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>Bytes read so far.</summary>
    public int Position { get; private set; }

    public EntityKey ReadKey()
    {
        var count = ReadInteger("the number of join keys");
        if (count < 0 || count > (_bytes.Length - Position) / SmallestPart)
        {
            throw new FeastException($"the entity key claims {count} join keys in {_bytes.Length} bytes");
        }

        var key = new EntityKey();
        for (var i = 0; i < count; i++)
        {
            var type = ReadInteger("the type of a join key");
            if (type != (int)ValueType.String)
            {
                throw new FeastException($"the entity key has a join key name of type {type}; it must be 2 (string)");
            }

            key.JoinKeys.Add(ReadText());
        }

        for (var i = 0; i < count; i++)
        {
            key.EntityValues.Add(ReadValue());
        }

        return key;
    }

    private Value ReadValue() => ReadInteger("the type of a value") switch
    {
        (int)ValueType.Bytes => new Value { BytesVal = ByteString.CopyFrom(ReadContent()) },
        (int)ValueType.String => new Value { StringVal = ReadText() },
        (int)ValueType.Int32 => new Value { Int32Val = BinaryPrimitives.ReadInt32LittleEndian(ReadContent(4)) },
        (int)ValueType.Int64 => new Value { Int64Val = BinaryPrimitives.ReadInt64LittleEndian(ReadContent(8)) },
        (int)ValueType.UnixTimestamp => new Value { UnixTimestampVal = BinaryPrimitives.ReadInt64LittleEndian(ReadContent(8)) },
        var other => throw new FeastException($"the entity key holds a value of type {other}; allowed are 1, 2, 3, 4 and 8"),
    };

    private string ReadText()
    {
        try
        {
            return Strict.GetString(ReadContent());
        }
        catch (DecoderFallbackException error)
        {
            throw new FeastException("the entity key holds text that is not UTF-8", error);
        }
    }

    private ReadOnlySpan<byte> ReadContent(int required = -1)
    {
        var length = ReadInteger("a length");
        if (required >= 0 && length != required)
        {
            throw new FeastException($"the entity key has a number of {length} bytes; it must have {required}");
        }

        if (length < 0 || length > _bytes.Length - Position)
        {
            throw new FeastException($"the entity key ends inside a part of {length} bytes at offset {Position}");
        }

        var content = _bytes.Slice(Position, length);
        Position += length;
        return content;
    }

    private int ReadInteger(string what)
    {
        if (_bytes.Length - Position < 4)
        {
            throw new FeastException($"the entity key ends before {what} at offset {Position}");
        }

        var number = BinaryPrimitives.ReadInt32LittleEndian(_bytes[Position..]);
        Position += 4;
        return number;
    }
}
