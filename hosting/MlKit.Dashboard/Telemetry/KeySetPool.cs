namespace MlKit.Dashboard.Telemetry;

/// <summary>Shares equal lists of attribute names; bounded as <see cref="StringPool"/> is.</summary>
internal sealed class KeySetPool
{
    private const int SlotCount = 4_096;
    private readonly string[]?[] _slots = new string[]?[SlotCount];

    /// <summary>The names of the attributes, the pooled list when there is an equal one. Safe to call from several threads.</summary>
    public string[] Share(ReadOnlySpan<KeyValuePair<string, string>> attributes)
    {
        var hash = new HashCode();
        foreach (var attribute in attributes)
        {
            hash.Add(attribute.Key);
        }

        ref var slot = ref _slots[hash.ToHashCode() & (SlotCount - 1)];
        if (Volatile.Read(ref slot) is { } pooled && AreEqual(pooled, attributes))
        {
            return pooled;
        }

        var keys = new string[attributes.Length];
        for (var i = 0; i < keys.Length; i++)
        {
            keys[i] = attributes[i].Key;
        }

        Volatile.Write(ref slot, keys);
        return keys;
    }

    private static bool AreEqual(string[] keys, ReadOnlySpan<KeyValuePair<string, string>> attributes)
    {
        if (keys.Length != attributes.Length)
        {
            return false;
        }

        for (var i = 0; i < keys.Length; i++)
        {
            if (!string.Equals(keys[i], attributes[i].Key, StringComparison.Ordinal))
            {
                return false;
            }
        }

        return true;
    }
}
