namespace MlKit.Scorer.Guard;

/// <summary>Walks over the fields of a protobuf message in a file, without holding it in memory.</summary>
/// <param name="stream">A buffered stream that can seek.</param>
internal sealed class ProtobufWalker(Stream stream)
{
    private const int Varint = 0;
    private const int Fixed64 = 1;
    private const int Delimited = 2;
    private const int Fixed32 = 5;
    private const int LongestText = 1 << 16;

    /// <summary>Visits each field up to a place. The visitor gets the number of the field, and where its content ends.</summary>
    /// <exception cref="FormatException">It is not a protobuf message.</exception>
    public void Visit(long end, Action<int, long> visitor)
    {
        while (stream.Position < end)
        {
            var tag = ReadVarint();
            var (field, wireType) = ((int)(tag >> 3), (int)(tag & 7));
            switch (wireType)
            {
                case Delimited:
                    var length = ReadVarint();
                    var fieldEnd = stream.Position + (long)length;
                    if (length > (ulong)(end - stream.Position))
                    {
                        throw Broken();
                    }

                    visitor(field, fieldEnd);
                    stream.Position = fieldEnd;
                    break;
                case Varint:
                    ReadVarint();
                    break;
                case Fixed64 or Fixed32:
                    stream.Position += wireType == Fixed64 ? sizeof(long) : sizeof(int);
                    break;
                default:
                    throw Broken();
            }
        }

        if (stream.Position != end)
        {
            throw Broken();
        }
    }

    /// <summary>The content of the field that is visited, as text.</summary>
    public string Text(long end)
    {
        var length = end - stream.Position;
        if (length > LongestText)
        {
            throw new FormatException($"a text of {length} bytes stands where a name belongs");
        }

        var bytes = new byte[length];
        stream.ReadExactly(bytes);
        return System.Text.Encoding.UTF8.GetString(bytes);
    }

    private ulong ReadVarint()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = stream.ReadByte();
            if (next < 0)
            {
                throw Broken();
            }

            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw Broken();
    }

    private static FormatException Broken() => new("the file is not an ONNX model, or it is cut");
}
