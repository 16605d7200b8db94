namespace MlKit.Dashboard.Telemetry;

/// <summary>
/// Shares equal strings: names, routes and attribute values repeat thousands of times in telemetry. A fixed number of
/// slots; two strings that fall into one slot replace each other, so memory is bounded whatever is sent.
/// </summary>
internal sealed class StringPool
{
    private const int SlotCount = 16_384;
    private const int MaxPooledLength = 256;
    private readonly string?[] _slots = new string?[SlotCount];

    /// <summary>An equal string, the pooled one when there is one. Safe to call from several threads.</summary>
    public string Share(string text)
    {
        if (text.Length == 0 || text.Length > MaxPooledLength)
        {
            return text;
        }

        ref var slot = ref _slots[text.GetHashCode() & (SlotCount - 1)];
        var pooled = Volatile.Read(ref slot);
        if (string.Equals(pooled, text, StringComparison.Ordinal))
        {
            return pooled!;
        }

        Volatile.Write(ref slot, text);
        return text;
    }
}
