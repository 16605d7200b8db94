using System.Globalization;

namespace MlKit.Recommendation.Data;

/// <summary>Parses the fields of a row; every fault names file and row.</summary>
internal sealed class FieldParser(string path, DateTimeOffset now)
{
    private readonly long _latest = now.AddDays(1).ToUnixTimeSeconds();

    /// <summary>Number of the row at hand, from 1.</summary>
    public long Row { get; set; }

    public DataFormatException Fault(string reason, string? kind = null) => new(path, Row, reason, kind);

    public DataFormatException WrongCount(int found, int wanted, string what) =>
        Fault($"{found} fields instead of {wanted} {what}", RowFault.Fields);

    public string Id(string field, string what)
    {
        var id = field.Trim();
        return id.Length > 0 ? id : throw Fault($"the {what} id is empty", RowFault.Id);
    }

    public long Time(string field)
    {
        var text = field.AsSpan().Trim();
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds))
        {
            return Time(seconds, field);
        }

        // Whole numbers are seconds; "1.5e9" and "964982703.0" come from data frames.
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var real)
            && double.IsFinite(real) && Math.Abs(real) < 1e18)
        {
            return Time((long)Math.Floor(real), field);
        }

        const DateTimeStyles utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, utc, out var date)
            ? Time(date.ToUnixTimeSeconds(), field)
            : throw Fault($"timestamp '{field}' is neither seconds since 1970-01-01 UTC nor an ISO 8601 date and time", RowFault.Time);
    }

    /// <summary>Checks seconds since 1970-01-01 UTC.</summary>
    public long Time(long seconds, string field) =>
        seconds < 0 ? throw Fault($"timestamp '{field}' is before 1970-01-01 UTC, from when seconds are counted", RowFault.Time)
        : seconds > _latest ? throw Fault($"timestamp '{field}' is in the future (seconds since 1970-01-01 UTC are expected, milliseconds are not)", RowFault.Time)
        : seconds;

    public float Value(string field) =>
        float.TryParse(field.AsSpan().Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? Value(value, field)
            : throw Fault($"value '{field}' is not a finite number", RowFault.Value);

    public float Value(float value, string field) =>
        float.IsFinite(value) ? value : throw Fault($"value '{field}' is not a finite number", RowFault.Value);
}
