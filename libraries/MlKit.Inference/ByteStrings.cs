using System.Buffers.Binary;
using System.Text;

namespace MlKit.Inference;

/// <summary>The binary form of BYTES tensors: each element is a 4-byte little-endian length and that many bytes.</summary>
public static class ByteStrings
{
    private const int PrefixSize = sizeof(uint);

    /// <summary>Checks that <paramref name="data"/> holds exactly <paramref name="count"/> whole elements.</summary>
    /// <exception cref="InferenceException">It does not; the message names the tensor and the element.</exception>
    public static void Validate(string tensor, ReadOnlySpan<byte> data, int count)
    {
        var found = 0;
        var rest = data;
        while (!rest.IsEmpty)
        {
            rest = rest[Take(tensor, rest, found++)..];
        }

        if (found != count)
        {
            throw InferenceException.Invalid($"tensor '{tensor}': the binary data hold {found} elements, the shape has {count}");
        }
    }

    /// <summary>Cuts the data into elements; the memory is shared, not copied.</summary>
    /// <exception cref="InferenceException">A length passes the end of the data.</exception>
    public static List<ReadOnlyMemory<byte>> Split(string tensor, ReadOnlyMemory<byte> data)
    {
        var elements = new List<ReadOnlyMemory<byte>>();
        while (!data.IsEmpty)
        {
            var size = Take(tensor, data.Span, elements.Count);
            elements.Add(data[PrefixSize..size]);
            data = data[size..];
        }

        return elements;
    }

    /// <summary>Writes texts as UTF-8 elements.</summary>
    public static byte[] Encode(ReadOnlySpan<string> texts)
    {
        var size = 0;
        foreach (var text in texts)
        {
            size = checked(size + PrefixSize + Encoding.UTF8.GetByteCount(text));
        }

        var data = new byte[size];
        var at = 0;
        foreach (var text in texts)
        {
            var length = Encoding.UTF8.GetBytes(text, data.AsSpan(at + PrefixSize));
            BinaryPrimitives.WriteInt32LittleEndian(data.AsSpan(at), length);
            at += PrefixSize + length;
        }

        return data;
    }

    private static int Take(string tensor, ReadOnlySpan<byte> rest, int index)
    {
        if (rest.Length < PrefixSize)
        {
            throw InferenceException.Invalid($"tensor '{tensor}': element {index} is cut: {rest.Length} bytes are left, its length alone takes 4");
        }

        var length = BinaryPrimitives.ReadUInt32LittleEndian(rest);
        if (length > rest.Length - PrefixSize)
        {
            throw InferenceException.Invalid(
                $"tensor '{tensor}': element {index} claims {length} bytes, {rest.Length - PrefixSize} are left");
        }

        return PrefixSize + (int)length;
    }
}
