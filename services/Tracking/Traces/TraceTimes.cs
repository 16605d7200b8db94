using System.Globalization;
using System.Text.RegularExpressions;
using MlKit.Tracking.Http;

namespace MlKit.Tracking.Traces;

/// <summary>Times and durations as protobuf's JSON writes them; milliseconds here.</summary>
internal static partial class TraceTimes
{
    /// <summary>The longest duration that protobuf knows: some 10,000 years.</summary>
    private const decimal LongestSeconds = 315_576_000_000m;

    /// <summary>For example <c>2026-01-01T00:00:00.123Z</c>; without a fraction where there is none.</summary>
    public static string Time(long milliseconds)
    {
        var time = DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
        return time.ToString(
            time.Millisecond == 0 ? "yyyy-MM-dd'T'HH:mm:ss'Z'" : "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
    }

    /// <summary>For example <c>1.500s</c>, or <c>2s</c>.</summary>
    public static string Duration(long milliseconds)
    {
        var (sign, size) = (milliseconds < 0 ? "-" : "", Math.Abs(milliseconds));
        return size % 1000 == 0
            ? string.Create(CultureInfo.InvariantCulture, $"{sign}{size / 1000}s")
            : string.Create(CultureInfo.InvariantCulture, $"{sign}{size / 1000}.{size % 1000:000}s");
    }

    public static long ParseTime(string text, FieldName field) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time.ToUnixTimeMilliseconds()
            : throw ApiException.Invalid(
                $"Invalid value '{text}' for parameter '{field}': a time looks like 2026-01-31T12:34:56.789Z.");

    public static long ParseDuration(string text, FieldName field) =>
        Seconds().Match(text) is { Success: true } match
        && decimal.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) is >= -LongestSeconds and <= LongestSeconds and var seconds
            ? (long)(seconds * 1000)
            : throw ApiException.Invalid($"Invalid value '{text}' for parameter '{field}': a duration looks like 1.5s.");

    [GeneratedRegex(@"\A(-?[0-9]{1,12}(?:\.[0-9]{1,9})?)s\z")]
    private static partial Regex Seconds();
}
