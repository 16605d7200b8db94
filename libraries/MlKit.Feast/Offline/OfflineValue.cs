using System.Globalization;

namespace MlKit.Feast;

/// <summary>Values as the offline store writes them, and instants as callers give them.</summary>
internal static class OfflineValue
{
    /// <summary>The value in the .NET type that <see cref="DuckWriter"/> takes for the feature's type.</summary>
    public static object? ForFile(object? value, ValueType type)
    {
        if (FeastValue.IsNull(value))
        {
            return null;
        }

        // The online conversion checks the value; the file then holds what the online store would.
        var native = FeastNatives.From(FeastValue.From(value, type));
        return native switch
        {
            DateTimeOffset => value is DateTimeOffset or DateTime ? Utc(Instant(value)) : Utc((DateTimeOffset)native),
            ZonedInstant zoned => Utc(zoned.Instant),
            DateTimeOffset?[] times => Array.ConvertAll(times, time => time is { } known ? Utc(known) : (DateTime?)null),
            _ => native,
        };
    }

    /// <summary>
    /// An event time: a .NET time, text (UTC where it names no zone), or a whole number of nanoseconds since 1970 as
    /// Feast's push takes it. Null for null.
    /// </summary>
    /// <exception cref="FeastException">The value is no time.</exception>
    public static DateTimeOffset? EventTime(object? value, string column, int row)
    {
        try
        {
            return FeastValue.IsNull(value) ? null : Instant(value!);
        }
        catch (Exception error) when (error is FormatException or InvalidCastException or ArgumentOutOfRangeException)
        {
            throw new FeastException(
                $"column '{column}' row {row.ToString(CultureInfo.InvariantCulture)}: '{Convert.ToString(value, CultureInfo.InvariantCulture)}' is no time", error);
        }
    }

    /// <summary>
    /// Times given as text must all be in one format, as in Feast: with or without a fraction, a zone, a <c>T</c>.
    /// A mixture is more often a mistake than a wish.
    /// </summary>
    /// <exception cref="FeastException">A time is in another format than the first one.</exception>
    public static void RequireOneFormat(FeatureColumn column)
    {
        string? first = null;
        for (var row = 0; row < column.Count; row++)
        {
            var text = column[row] switch
            {
                string plain => plain,
                System.Text.Json.JsonElement { ValueKind: System.Text.Json.JsonValueKind.String } element => element.GetString(),
                _ => null,
            };
            if (text is null)
            {
                continue;
            }

            first ??= text;
            if (Shape(text) != Shape(first))
            {
                throw new FeastException(
                    $"column '{column.Name}' mixes formats of time: row {row.ToString(CultureInfo.InvariantCulture)} is '{text}', but another is '{first}'");
            }
        }
    }

    private static (bool HasT, bool HasFraction, bool HasZone) Shape(string text)
    {
        var time = text.AsSpan(Math.Min(text.Length, 10));
        return (time.StartsWith("T"), time.Contains('.'), time.EndsWith("Z") || time.IndexOfAny('+', '-') >= 0);
    }

    /// <summary>DuckDB keeps microseconds without a zone.</summary>
    public static DateTime Utc(DateTimeOffset time) => DateTime.SpecifyKind(time.UtcDateTime, DateTimeKind.Unspecified);

    private static DateTimeOffset Instant(object value) => value switch
    {
        DateTimeOffset time => time,
        DateTime { Kind: DateTimeKind.Local } time => new DateTimeOffset(time),
        DateTime time => new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc)),
        string text => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal),
        System.Text.Json.JsonElement element => Instant(JsonText.Native(element) ?? throw new FormatException("null")),
        long or int => DateTimeOffset.UnixEpoch.AddTicks(Convert.ToInt64(value, CultureInfo.InvariantCulture) / 100),
        double number => DateTimeOffset.UnixEpoch.AddTicks((long)(number / 100)),
        _ => throw new InvalidCastException($"{value.GetType().Name} is no time"),
    };
}
