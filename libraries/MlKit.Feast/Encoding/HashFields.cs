using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace MlKit.Feast;

/// <summary>Names of the fields in a Redis hash.</summary>
public static class HashFields
{
    /// <summary>The 4-byte field of a feature: MurmurHash3 (x86, 32 bit, seed 0) of <c>view:feature</c>, little-endian.</summary>
    /// <param name="view">The view's real name, never an alias.</param>
    /// <param name="feature">The feature's name.</param>
    public static byte[] Feature(string view, string feature)
    {
        var field = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(field, Murmur3(Encoding.UTF8.GetBytes($"{view}:{feature}")));
        return field;
    }

    /// <summary>The field of a view's event time: <c>_ts:</c> and the view's name.</summary>
    public static byte[] EventTime(string view) => Encoding.UTF8.GetBytes($"_ts:{view}");

    /// <summary>MurmurHash3 x86 32-bit with seed 0.</summary>
    internal static uint Murmur3(ReadOnlySpan<byte> data)
    {
        const uint c1 = 0xcc9e2d51;
        const uint c2 = 0x1b873593;
        uint hash = 0;
        var rest = data;
        for (; rest.Length >= 4; rest = rest[4..])
        {
            var block = BitOperations.RotateLeft(BinaryPrimitives.ReadUInt32LittleEndian(rest) * c1, 15) * c2;
            hash = (BitOperations.RotateLeft(hash ^ block, 13) * 5) + 0xe6546b64;
        }

        uint tail = 0;
        for (var i = rest.Length - 1; i >= 0; i--)
        {
            tail = (tail << 8) | rest[i];
        }

        hash ^= BitOperations.RotateLeft(tail * c1, 15) * c2;
        return Finish(hash ^ (uint)data.Length);
    }

    private static uint Finish(uint hash)
    {
        hash = (hash ^ (hash >> 16)) * 0x85ebca6b;
        hash = (hash ^ (hash >> 13)) * 0xc2b2ae35;
        return hash ^ (hash >> 16);
    }
}
