using System.Collections;
using System.Text;

namespace MlKit.Dashboard.Telemetry;

/// <summary>
/// Attributes that are kept in their hundred thousands and read one record at a time: the keys once for all records
/// that have the same, the values as UTF-8 in one piece. Half the memory of a list of strings.
/// </summary>
internal sealed class PackedAttributes : IReadOnlyList<KeyValuePair<string, string>>
{
    private readonly string[] _keys;
    private readonly byte[] _values;

    private PackedAttributes(string[] keys, byte[] values)
    {
        _keys = keys;
        _values = values;
    }

    /// <inheritdoc/>
    public int Count => _keys.Length;

    /// <inheritdoc/>
    public KeyValuePair<string, string> this[int index] => Enumerable.ElementAt(this.AsEnumerable().Select(pair => pair), index);

    /// <summary>Packs attributes; an empty list stays one.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Of(KeyValuePair<string, string>[] attributes, KeySetPool pool)
    {
        if (attributes.Length == 0)
        {
            return [];
        }

        var size = 0;
        foreach (var attribute in attributes)
        {
            var bytes = Encoding.UTF8.GetByteCount(attribute.Value);
            size += bytes + LengthSize(bytes);
        }

        var values = new byte[size];
        var place = 0;
        foreach (var attribute in attributes)
        {
            place = WriteLength(values, place, Encoding.UTF8.GetByteCount(attribute.Value));
            place += Encoding.UTF8.GetBytes(attribute.Value, values.AsSpan(place));
        }

        return new PackedAttributes(pool.Share(attributes), values);
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, string>> GetEnumerator()
    {
        var place = 0;
        foreach (var key in _keys)
        {
            var length = ReadLength(ref place);
            yield return new(key, Encoding.UTF8.GetString(_values, place, length));
            place += length;
        }
    }

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    // Seven bits a byte, the lowest first; the highest bit says that more follow.
    private static int LengthSize(int length) => length < 0x80 ? 1 : length < 0x4000 ? 2 : length < 0x20_0000 ? 3 : 5;

    private static int WriteLength(byte[] target, int place, int length)
    {
        var bytes = LengthSize(length);
        for (var i = 0; i < bytes; i++)
        {
            target[place + i] = (byte)(((length >> (7 * i)) & 0x7f) | (i < bytes - 1 ? 0x80 : 0));
        }

        return place + bytes;
    }

    private int ReadLength(ref int place)
    {
        var length = 0;
        for (var shift = 0; ; shift += 7)
        {
            var next = _values[place++];
            length |= (next & 0x7f) << shift;
            if (next < 0x80)
            {
                return length;
            }
        }
    }
}
