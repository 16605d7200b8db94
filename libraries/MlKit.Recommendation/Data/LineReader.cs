using System.Globalization;
using System.Text;

namespace MlKit.Recommendation.Data;

/// <summary>Walks over the lines of a file and parses fields; every fault names file and line.</summary>
internal sealed class LineReader(string path, Encoding encoding, CancellationToken cancellationToken)
{
    private long _line;

    /// <summary>Non-empty lines in order.</summary>
    public IEnumerable<string> Lines()
    {
        using var reader = new StreamReader(path, encoding);
        while (reader.ReadLine() is { } line)
        {
            _line++;
            if ((_line & 0xFFF) == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            if (line.Length > 0)
            {
                yield return line;
            }
        }
    }

    public DataFormatException Fault(string reason) => new(path, _line, reason);

    public string Id(string field, string what)
    {
        var id = field.Trim();
        return id.Length > 0 ? id : throw Fault($"the {what} id is empty");
    }

    public long Time(string field)
    {
        var text = field.AsSpan().Trim();
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds))
        {
            return IsCalendarTime(seconds)
                ? seconds
                : throw Fault($"timestamp '{field}' is outside the years 1 to 9999 (seconds since 1970-01-01 UTC are expected)");
        }

        // Whole numbers are seconds; "1.5e9" and "964982703.0" come from data frames.
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var real)
            && double.IsFinite(real) && Math.Abs(real) < 2.5e11)
        {
            return (long)Math.Floor(real);
        }

        const DateTimeStyles utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, utc, out var date)
            ? date.ToUnixTimeSeconds()
            : throw Fault($"timestamp '{field}' is neither seconds since 1970-01-01 UTC nor an ISO 8601 date and time");
    }

    public float Value(string field) =>
        float.TryParse(field.AsSpan().Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            && float.IsFinite(value)
            ? value
            : throw Fault($"value '{field}' is not a finite number");

    private static bool IsCalendarTime(long seconds) =>
        seconds >= DateTimeOffset.MinValue.ToUnixTimeSeconds() && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds();
}
