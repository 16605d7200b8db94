using System.Buffers;

namespace MlKit.Inference.Rest;

/// <summary>
/// tritonclient writes NaN and the infinities as bare words, which is not JSON. This puts them in quotes, outside of
/// strings only, so that an ordinary JSON parser reads on.
/// </summary>
internal static class BareWords
{
    private static readonly byte[][] Words = [[.. "NaN"u8], [.. "Infinity"u8], [.. "-Infinity"u8]];

    /// <summary>The text with the words quoted, or null where it has none.</summary>
    public static ReadOnlyMemory<byte>? Quote(ReadOnlySpan<byte> json)
    {
        var output = new ArrayBufferWriter<byte>(json.Length + 64);
        var quoted = false;
        for (var at = 0; at < json.Length;)
        {
            if (json[at] == (byte)'"')
            {
                var length = StringLength(json[at..]);
                output.Write(json.Slice(at, length));
                at += length;
            }
            else if (WordAt(json[at..]) is { } found)
            {
                output.Write("\""u8);
                output.Write(found);
                output.Write("\""u8);
                at += found.Length;
                quoted = true;
            }
            else
            {
                output.Write(json.Slice(at++, 1));
            }
        }

        return quoted ? output.WrittenMemory : (ReadOnlyMemory<byte>?)null;
    }

    private static byte[]? WordAt(ReadOnlySpan<byte> text)
    {
        foreach (var word in Words)
        {
            if (text.StartsWith(word))
            {
                return word;
            }
        }

        return null;
    }

    private static int StringLength(ReadOnlySpan<byte> text)
    {
        for (var i = 1; i < text.Length; i++)
        {
            if (text[i] == (byte)'\\')
            {
                i++;
            }
            else if (text[i] == (byte)'"')
            {
                return i + 1;
            }
        }

        return text.Length;
    }
}
