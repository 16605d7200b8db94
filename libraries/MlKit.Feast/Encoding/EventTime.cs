using System.Globalization;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace MlKit.Feast;

/// <summary>An instant as <c>google.protobuf.Timestamp</c> holds it; Redis keeps it beside a view's features.</summary>
/// <param name="Seconds">Seconds since 1970-01-01T00:00:00Z, negative before.</param>
/// <param name="Nanos">Nanoseconds from there, 0 to 999,999,999.</param>
public readonly record struct EventTime(long Seconds, int Nanos) : IComparable<EventTime>
{
    private const int NanosPerTick = 100;

    /// <summary>1970-01-01T00:00:00Z; also what a view without a row has.</summary>
    public static EventTime Epoch => default;

    /// <summary>The instant of a .NET time, in steps of 100 ns.</summary>
    public static EventTime From(DateTimeOffset time)
    {
        var ticks = time.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks;
        var (seconds, rest) = Math.DivRem(ticks, TimeSpan.TicksPerSecond);
        return rest < 0
            ? new EventTime(seconds - 1, (int)(rest + TimeSpan.TicksPerSecond) * NanosPerTick)
            : new EventTime(seconds, (int)rest * NanosPerTick);
    }

    /// <summary>Reads the bytes of a Timestamp message; no bytes mean the epoch.</summary>
    /// <exception cref="FeastException">The bytes are no Timestamp message.</exception>
    public static EventTime Parse(ReadOnlySpan<byte> bytes)
    {
        if (ProtoReader.TryTimestamp(bytes, out var time))
        {
            return time;
        }

        try
        {
            var message = Timestamp.Parser.ParseFrom(bytes);
            return new EventTime(message.Seconds, message.Nanos);
        }
        catch (InvalidProtocolBufferException error)
        {
            throw new FeastException("an event time in the online store is no Timestamp message", error);
        }
    }

    /// <summary>The bytes of the Timestamp message; zero fields are left out, so the epoch has none.</summary>
    public byte[] ToBytes() => new Timestamp { Seconds = Seconds, Nanos = Nanos }.ToByteArray();

    /// <summary>The .NET time, cut to 100 ns and to the years 1 to 9999.</summary>
    public DateTimeOffset ToDateTimeOffset()
    {
        var seconds = Math.Clamp(Seconds, DateTimeOffset.MinValue.ToUnixTimeSeconds(), DateTimeOffset.MaxValue.ToUnixTimeSeconds());
        return DateTimeOffset.FromUnixTimeSeconds(seconds).AddTicks(Nanos / NanosPerTick);
    }

    /// <summary>RFC 3339 in UTC with the shortest fraction of 0, 3, 6 or 9 digits that is exact.</summary>
    public override string ToString()
    {
        Span<byte> text = stackalloc byte[32];
        return System.Text.Encoding.ASCII.GetString(text[..Format(text)]);
    }

    /// <summary>The same text as <see cref="ToString"/> in ASCII; at most 30 bytes.</summary>
    /// <returns>The bytes written.</returns>
    public int Format(Span<byte> text)
    {
        var whole = DateTimeOffset.FromUnixTimeSeconds(
            Math.Clamp(Seconds, DateTimeOffset.MinValue.ToUnixTimeSeconds(), DateTimeOffset.MaxValue.ToUnixTimeSeconds()));
        whole.TryFormat(text, out var length, "yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture);
        if (Nanos != 0)
        {
            var (number, digits) = Nanos % 1_000_000 == 0 ? (Nanos / 1_000_000, "D3") : Nanos % 1_000 == 0 ? (Nanos / 1_000, "D6") : (Nanos, "D9");
            text[length++] = (byte)'.';
            number.TryFormat(text[length..], out var written, digits, CultureInfo.InvariantCulture);
            length += written;
        }

        text[length++] = (byte)'Z';
        return length;
    }

    /// <inheritdoc/>
    public int CompareTo(EventTime other)
    {
        var seconds = Seconds.CompareTo(other.Seconds);
        return seconds != 0 ? seconds : Nanos.CompareTo(other.Nanos);
    }

    /// <summary>Earlier.</summary>
    public static bool operator <(EventTime left, EventTime right) => left.CompareTo(right) < 0;

    /// <summary>Later.</summary>
    public static bool operator >(EventTime left, EventTime right) => left.CompareTo(right) > 0;

    /// <summary>Earlier or equal.</summary>
    public static bool operator <=(EventTime left, EventTime right) => left.CompareTo(right) <= 0;

    /// <summary>Later or equal.</summary>
    public static bool operator >=(EventTime left, EventTime right) => left.CompareTo(right) >= 0;
}
