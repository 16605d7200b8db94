using System.Buffers;
using System.Text.Json;

namespace MlKit.FeatureServer.Http;

/// <summary>
/// JSON as Python reads and writes it: with <c>NaN</c>, <c>Infinity</c> and <c>-Infinity</c>, which JSON does not have.
/// NaN is how pandas writes a missing value.
/// </summary>
internal static class PythonJson
{
    private static readonly SearchValues<byte> Marks = SearchValues.Create("\"NI-"u8);

    /// <exception cref="JsonException">The text is not JSON in Python's sense, either.</exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> content)
    {
        try
        {
            return JsonDocument.Parse(content);
        }
        catch (JsonException) when (Rewrite(content.Span) is { } rewritten && TryParse(rewritten) is { } document)
        {
            return document;
        }
    }

    private static JsonDocument? TryParse(byte[] content)
    {
        try
        {
            return JsonDocument.Parse(content);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The text with NaN as null and infinities as texts, which numbers may be; null where there are none.</summary>
    private static byte[]? Rewrite(ReadOnlySpan<byte> text)
    {
        var result = new ArrayBufferWriter<byte>(text.Length + 16);
        var changed = false;
        while (text.Length > 0)
        {
            var plain = text.IndexOfAny(Marks);
            plain = plain < 0 ? text.Length : plain;
            result.Write(text[..plain]);
            text = text[plain..];
            var (length, replacement) = Token(text);
            changed |= replacement.Length > 0;
            result.Write(replacement.Length > 0 ? replacement : text[..length]);
            text = text[length..];
        }

        return changed ? result.WrittenSpan.ToArray() : null;
    }

    /// <summary>The length of a string, a constant or a single byte at the start of the text, and what stands for a constant.</summary>
    private static (int Length, byte[] Replacement) Token(ReadOnlySpan<byte> text) =>
        text.IsEmpty ? (0, [])
        : text[0] == (byte)'"' ? (StringLength(text), [])
        : text.StartsWith("NaN"u8) ? (3, "null"u8.ToArray())
        : text.StartsWith("Infinity"u8) ? (8, "\"Infinity\""u8.ToArray())
        : text.StartsWith("-Infinity"u8) ? (9, "\"-Infinity\""u8.ToArray())
        : (1, []);

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
