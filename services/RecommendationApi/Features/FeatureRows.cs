using System.Text.Json;

namespace MlKit.RecommendationApi.Features;

/// <summary>Answer of <c>/get-online-features</c>: one column per feature, its values running over the entities.</summary>
internal sealed class FeatureRows
{
    private readonly Dictionary<string, JsonElement> _columns = new(StringComparer.Ordinal);

    private FeatureRows()
    {
    }

    /// <exception cref="FeatureServerException">The answer is not what the protocol says.</exception>
    public static FeatureRows Parse(JsonElement answer)
    {
        try
        {
            var rows = new FeatureRows();
            var names = answer.GetProperty("metadata").GetProperty("feature_names");
            var results = answer.GetProperty("results");
            for (var i = 0; i < names.GetArrayLength(); i++)
            {
                rows._columns[names[i].GetString()!] = results[i];
            }

            return rows;
        }
        catch (Exception error) when (error is KeyNotFoundException or InvalidOperationException or IndexOutOfRangeException)
        {
            throw new FeatureServerException($"the feature server's answer is not Feast's: {error.Message}", error);
        }
    }

    public long? Integer(string feature, int row) =>
        Value(feature, row) is { ValueKind: JsonValueKind.Number } value ? (value.TryGetInt64(out var number) ? number : (long)value.GetDouble()) : null;

    public double? Number(string feature, int row) => Value(feature, row) is { ValueKind: JsonValueKind.Number } value ? value.GetDouble() : null;

    public string? Text(string feature, int row) => Value(feature, row) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    public IReadOnlyList<string>? Texts(string feature, int row) =>
        Value(feature, row) is { ValueKind: JsonValueKind.Array } value ? [.. value.EnumerateArray().Select(text => text.GetString() ?? "")] : null;

    public IReadOnlyList<double>? Numbers(string feature, int row) =>
        Value(feature, row) is { ValueKind: JsonValueKind.Array } value ? [.. value.EnumerateArray().Select(number => number.GetDouble())] : null;

    /// <summary>A point in time: Feast gives seconds since 1970, or a text.</summary>
    public DateTimeOffset? Time(string feature, int row) => Value(feature, row) is { } value ? ToTime(value) : null;

    public IReadOnlyList<DateTimeOffset>? Times(string feature, int row) =>
        Value(feature, row) is { ValueKind: JsonValueKind.Array } value ? [.. value.EnumerateArray().Select(ToTime).OfType<DateTimeOffset>()] : null;

    /// <summary>The event time of the stored row; null where there is none.</summary>
    public DateTimeOffset? EventTime(string feature, int row) =>
        _columns.TryGetValue(feature, out var column) && column.TryGetProperty("event_timestamps", out var times)
        && times.GetArrayLength() > row && times[row].TryGetDateTimeOffset(out var time) && time > DateTimeOffset.UnixEpoch
            ? time
            : null;

    private static DateTimeOffset? ToTime(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => DateTimeOffset.UnixEpoch.AddSeconds(value.GetDouble()),
        JsonValueKind.String when value.TryGetDateTimeOffset(out var time) => time,
        _ => null,
    };

    private JsonElement? Value(string feature, int row) =>
        _columns.TryGetValue(feature, out var column) && column.TryGetProperty("values", out var values)
        && values.GetArrayLength() > row && values[row].ValueKind is not JsonValueKind.Null
            ? values[row]
            : null;
}

/// <summary>The feature server cannot be reached or refused; the message says what happened.</summary>
internal sealed class FeatureServerException(string message, Exception? inner = null) : Exception(message, inner);
