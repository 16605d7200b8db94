using System.Globalization;

namespace MlKit.Dashboard.Components;

/// <summary>How times, durations and numbers are written.</summary>
internal static class Display
{
    private const double NanosPerMicro = 1_000, NanosPerMilli = 1_000_000, NanosPerSecond = 1_000_000_000;

    /// <summary>A moment in the server's time zone; the dashboard runs on its user's machine.</summary>
    public static DateTimeOffset Moment(long nanos, TimeProvider time) =>
        TimeZoneInfo.ConvertTime(DateTimeOffset.UnixEpoch.AddTicks(nanos / 100), time.LocalTimeZone);

    /// <summary>The time of day with milliseconds.</summary>
    public static string Clock(long nanos, TimeProvider time) => Moment(nanos, time).ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture);

    /// <summary>The time of day in seconds; with the date when that is not today.</summary>
    public static string Clock(DateTimeOffset? moment, TimeProvider time)
    {
        if (moment is not { } given)
        {
            return "";
        }

        var local = TimeZoneInfo.ConvertTime(given, time.LocalTimeZone);
        var format = local.Date == time.GetLocalNow().Date ? "HH:mm:ss" : "yyyy-MM-dd HH:mm:ss";
        return local.ToString(format, CultureInfo.InvariantCulture);
    }

    /// <summary>Date, time and offset in full.</summary>
    public static string Full(long nanos, TimeProvider time) => Moment(nanos, time).ToString("yyyy-MM-dd HH:mm:ss.fffffff zzz", CultureInfo.InvariantCulture);

    /// <summary>Date, time and offset in full.</summary>
    public static string Full(DateTimeOffset? moment, TimeProvider time) => moment is { } given
        ? TimeZoneInfo.ConvertTime(given, time.LocalTimeZone).ToString("yyyy-MM-dd HH:mm:ss.fff zzz", CultureInfo.InvariantCulture)
        : "";

    /// <summary>A duration with three significant digits, for example <c>1.25 ms</c>.</summary>
    public static string Duration(double nanos) => nanos switch
    {
        < NanosPerMicro => $"{Digits(nanos)} ns",
        < NanosPerMilli => $"{Digits(nanos / NanosPerMicro)} µs",
        < NanosPerSecond => $"{Digits(nanos / NanosPerMilli)} ms",
        < 60 * NanosPerSecond => $"{Digits(nanos / NanosPerSecond)} s",
        < 3600 * NanosPerSecond => string.Create(CultureInfo.InvariantCulture, $"{(int)(nanos / NanosPerSecond / 60)} min {(int)(nanos / NanosPerSecond % 60)} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)(nanos / NanosPerSecond / 3600)} h {(int)(nanos / NanosPerSecond / 60 % 60)} min"),
    };

    /// <summary>A duration.</summary>
    public static string Duration(TimeSpan duration) => Duration(duration.Ticks * 100.0);

    /// <summary>A difference with its sign.</summary>
    public static string Difference(long nanos) => nanos == 0 ? "±0" : (nanos > 0 ? "+" : "−") + Duration(Math.Abs((double)nanos));

    /// <summary>A share of one in per cent.</summary>
    public static string Percent(double share) => (share * 100).ToString("0.#", CultureInfo.InvariantCulture) + " %";

    /// <summary>A count with thousands separated.</summary>
    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A count with its noun.</summary>
    public static string Count(long count, string one, string many) => $"{Count(count)} {(count == 1 ? one : many)}";

    /// <summary>A number with three significant digits and a suffix for its size.</summary>
    public static string Number(double value) => Math.Abs(value) switch
    {
        >= 1e12 => value.ToString("0.##e0", CultureInfo.InvariantCulture),
        >= 1e9 => $"{Digits(value / 1e9)} G",
        >= 1e6 => $"{Digits(value / 1e6)} M",
        >= 1e4 => $"{Digits(value / 1e3)} k",
        0 => "0",
        < 0.001 => value.ToString("0.##e0", CultureInfo.InvariantCulture),
        _ => Digits(value),
    };

    /// <summary>A number for style attributes and drawings.</summary>
    public static string Css(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);

    private static string Digits(double value) => Math.Abs(value) switch
    {
        >= 100 => value.ToString("0", CultureInfo.InvariantCulture),
        >= 10 => value.ToString("0.#", CultureInfo.InvariantCulture),
        >= 1 => value.ToString("0.##", CultureInfo.InvariantCulture),
        _ => value.ToString("0.###", CultureInfo.InvariantCulture),
    };
}
