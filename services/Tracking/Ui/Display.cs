using System.Globalization;
using MlKit.Mlflow;

namespace MlKit.Tracking.Ui;

/// <summary>How times, durations, numbers and sizes are written.</summary>
internal static class Display
{
    private const long LastMillisecond = 253_402_300_799_999;

    /// <summary>Date and time in the server's time zone; empty where unset.</summary>
    public static string Moment(long? milliseconds, TimeProvider time) => milliseconds is not > 0 or > LastMillisecond
        ? ""
        : TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds.Value), time.LocalTimeZone)
            .ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>How long ago, roughly: <c>3 min ago</c>.</summary>
    public static string Ago(long? milliseconds, TimeProvider time)
    {
        if (milliseconds is not > 0 or > LastMillisecond)
        {
            return "";
        }

        var age = time.GetUtcNow() - DateTimeOffset.FromUnixTimeMilliseconds(milliseconds.Value);
        return age.TotalSeconds < 60 ? "just now"
            : age.TotalMinutes < 60 ? $"{(int)age.TotalMinutes} min ago"
            : age.TotalHours < 24 ? $"{(int)age.TotalHours} h ago"
            : Count((long)age.TotalDays, "day", "days") + " ago";
    }

    /// <summary>A duration with the two units that matter.</summary>
    public static string Duration(long milliseconds)
    {
        var span = TimeSpan.FromMilliseconds(Math.Max(0, milliseconds));
        return span.TotalMilliseconds < 1000 ? $"{milliseconds} ms"
            : span.TotalSeconds < 60 ? span.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture) + " s"
            : span.TotalMinutes < 60 ? $"{span.Minutes} min {span.Seconds} s"
            : span.TotalHours < 24 ? $"{span.Hours} h {span.Minutes} min"
            : $"{(int)span.TotalDays} d {span.Hours} h";
    }

    /// <summary>How long a run took, or has taken so far.</summary>
    public static string Duration(RunInfo run, TimeProvider time) => run.EndTime is { } end
        ? Duration(end - run.StartTime)
        : run.Status == RunStatus.Running && run.StartTime > 0
            ? Duration(time.GetUtcNow().ToUnixTimeMilliseconds() - run.StartTime)
            : "";

    /// <summary>A metric value with up to six significant digits.</summary>
    public static string Number(double value) => Math.Abs(value) switch
    {
        >= double.MaxValue => value > 0 ? "∞" : "-∞",
        double.NaN => "NaN",
        0 => "0",
        >= 1e7 or < 1e-4 => value.ToString("0.#####e0", CultureInfo.InvariantCulture),
        _ => Significant(value),
    };

    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    public static string Count(long count, string one, string many) => $"{Count(count)} {(count == 1 ? one : many)}";

    public static string Bytes(long bytes) => bytes switch
    {
        < 1024 => Count(bytes, "byte", "bytes"),
        < 1024 * 1024 => (bytes / 1024.0).ToString("0.#", CultureInfo.InvariantCulture) + " KiB",
        < 1024L * 1024 * 1024 => (bytes / 1048576.0).ToString("0.#", CultureInfo.InvariantCulture) + " MiB",
        _ => (bytes / 1073741824.0).ToString("0.##", CultureInfo.InvariantCulture) + " GiB",
    };

    /// <summary>A number for drawings.</summary>
    public static string Css(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private static string Significant(double value)
    {
        var digits = Math.Max(0, 5 - (int)Math.Floor(Math.Log10(Math.Abs(value))));
        return Math.Round(value, digits).ToString("0.##########", CultureInfo.InvariantCulture);
    }
}
