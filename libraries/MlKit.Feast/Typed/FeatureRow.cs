using Google.Protobuf.Collections;
using MlKit.Feast.Protos.Types;

namespace MlKit.Feast;

/// <summary>
/// A row that generated code reads: of an online answer or of a historical frame. Features go by their number in the
/// view, join keys by name. Null where there is no value.
/// </summary>
public readonly struct FeatureRow
{
    private readonly OnlineFeatures? _online;
    private readonly FeatureFrame? _frame;
    private readonly int _first;
    private readonly int _row;

    internal FeatureRow(OnlineFeatures online, int row)
    {
        _online = online;
        _first = online.Columns.Count - online.FeatureCount;
        _row = row;
    }

    internal FeatureRow(FeatureFrame frame, int firstFeature, int row)
    {
        _frame = frame;
        _first = firstFeature;
        _row = row;
    }

    /// <summary>The event time; the epoch where the store has no row.</summary>
    /// <param name="column">The column in a historical frame: the time of the entity row.</param>
    public DateTimeOffset EventTime(string column) => _online is { } online
        ? online.Columns[_first].EventTimes[_row].ToDateTimeOffset()
        : OfflineValue.EventTime(_frame![column][_row], column, _row) ?? DateTimeOffset.UnixEpoch;

    /// <summary>A join key as it was asked for.</summary>
    public T Key<T>(string name) => (T)System.Convert.ChangeType(
        _online is { } online ? online[name][_row] : _frame![name][_row], typeof(T), System.Globalization.CultureInfo.InvariantCulture)!;

    /// <summary>A whole number of 64 bits.</summary>
    public long? Int64(int feature) => Plain(feature, Value.ValOneofCase.Int64Val, value => value.Int64Val);

    /// <summary>A whole number of 32 bits.</summary>
    public int? Int32(int feature) => Plain(feature, Value.ValOneofCase.Int32Val, value => value.Int32Val);

    /// <summary>A floating point number of 64 bits.</summary>
    public double? Double(int feature) => Plain(feature, Value.ValOneofCase.DoubleVal, value => value.DoubleVal);

    /// <summary>A floating point number of 32 bits.</summary>
    public float? Float(int feature) => Plain(feature, Value.ValOneofCase.FloatVal, value => value.FloatVal);

    /// <summary>A truth value.</summary>
    public bool? Bool(int feature) => Plain(feature, Value.ValOneofCase.BoolVal, value => value.BoolVal);

    /// <summary>An instant.</summary>
    public DateTimeOffset? Time(int feature) => _online is null
        ? (DateTimeOffset?)Column(feature)[_row]
        : OnlineValue(feature) is { ValCase: Value.ValOneofCase.UnixTimestampVal } value ? FeastNatives.Instant(value.UnixTimestampVal) : null;

    /// <summary>A text.</summary>
    public string? Text(int feature) => _online is null
        ? (string?)Column(feature)[_row]
        : OnlineValue(feature) is { ValCase: Value.ValOneofCase.StringVal } value ? value.StringVal : null;

    /// <summary>Anything else, as <see cref="FeastValue.ToNative"/> gives it.</summary>
    public object? Native(int feature) => _online is null ? Column(feature)[_row] : FeastValue.ToNative(OnlineValue(feature));

    /// <summary>A list of whole numbers of 64 bits.</summary>
    public long[]? Int64s(int feature) => List(feature, value => value.Int64ListVal?.Val);

    /// <summary>A list of whole numbers of 32 bits.</summary>
    public int[]? Int32s(int feature) => List(feature, value => value.Int32ListVal?.Val);

    /// <summary>A list of floating point numbers of 64 bits.</summary>
    public double[]? Doubles(int feature) => List(feature, value => value.DoubleListVal?.Val);

    /// <summary>A list of floating point numbers of 32 bits.</summary>
    public float[]? Floats(int feature) => List(feature, value => value.FloatListVal?.Val);

    /// <summary>A list of texts.</summary>
    public string[]? Texts(int feature) => List(feature, value => value.StringListVal?.Val);

    /// <summary>A list of instants; one that is no time becomes the epoch, so that the others keep their places.</summary>
    public DateTimeOffset[]? Times(int feature) => Native(feature) is DateTimeOffset?[] times
        ? Array.ConvertAll(times, time => time ?? DateTimeOffset.UnixEpoch)
        : null;

    private T? Plain<T>(int feature, Value.ValOneofCase kind, Func<Value, T> read)
        where T : struct
    {
        if (_online is null)
        {
            return (T?)Column(feature)[_row];
        }

        var value = OnlineValue(feature);
        return value.ValCase == kind ? read(value) : null;
    }

    private T[]? List<T>(int feature, Func<Value, RepeatedField<T>?> read) => _online is null
        ? (T[]?)Column(feature)[_row]
        : read(OnlineValue(feature)) is { } items ? [.. items] : null;

    private FeatureColumn Column(int feature) => _frame!.Columns[_first + feature];

    private Value OnlineValue(int feature) => _online!.Columns[_first + feature].GetValue(_row);
}
