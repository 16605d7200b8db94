using MlKit.Feast.Protos.Types;
using Case = MlKit.Feast.Protos.Types.Value.ValOneofCase;

namespace MlKit.Feast;

/// <summary>Values as .NET callers read them.</summary>
internal static class FeastNatives
{
    public static object? From(Value value) => value.ValCase switch
    {
        Case.None or Case.NullVal => null,
        Case.BytesVal => value.BytesVal.ToByteArray(),
        Case.StringVal => value.StringVal,
        Case.Int32Val => value.Int32Val,
        Case.Int64Val => value.Int64Val,
        Case.DoubleVal => value.DoubleVal,
        Case.FloatVal => value.FloatVal,
        Case.BoolVal => value.BoolVal,
        Case.UnixTimestampVal => Instant(value.UnixTimestampVal),
        Case.JsonVal => value.JsonVal,
        Case.UuidVal => value.UuidVal,
        Case.TimeUuidVal => value.TimeUuidVal,
        Case.DecimalVal => value.DecimalVal,
        Case.ZonedTimestampVal => new ZonedInstant(
            DateTimeOffset.FromUnixTimeSeconds(value.ZonedTimestampVal.UnixTimestamp), value.ZonedTimestampVal.Zone),
        Case.MapVal => FromMap(value.MapVal),
        Case.StructVal => FromMap(value.StructVal),
        Case.MapListVal => value.MapListVal.Val.Select(FromMap).ToArray(),
        Case.StructListVal => value.StructListVal.Val.Select(FromMap).ToArray(),
        Case.ListVal => value.ListVal.Val.Select(From).ToArray(),
        Case.SetVal => value.SetVal.Val.Select(From).ToArray(),
        Case.ScalarMapVal => FromScalarMap(value.ScalarMapVal),
        _ => FromList(value),
    };

    /// <summary>The instant, or null for "not a time" and what .NET cannot hold.</summary>
    public static DateTimeOffset? Instant(long seconds) =>
        seconds >= DateTimeOffset.MinValue.ToUnixTimeSeconds() && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;

    private static object? FromList(Value value) => value.ValCase switch
    {
        Case.BytesListVal => value.BytesListVal.Val.Select(item => item.ToByteArray()).ToArray(),
        Case.BytesSetVal => value.BytesSetVal.Val.Select(item => item.ToByteArray()).ToArray(),
        Case.StringListVal => value.StringListVal.Val.ToArray(),
        Case.StringSetVal => value.StringSetVal.Val.ToArray(),
        Case.Int32ListVal => value.Int32ListVal.Val.ToArray(),
        Case.Int32SetVal => value.Int32SetVal.Val.ToArray(),
        Case.Int64ListVal => value.Int64ListVal.Val.ToArray(),
        Case.Int64SetVal => value.Int64SetVal.Val.ToArray(),
        Case.DoubleListVal => value.DoubleListVal.Val.ToArray(),
        Case.DoubleSetVal => value.DoubleSetVal.Val.ToArray(),
        Case.FloatListVal => value.FloatListVal.Val.ToArray(),
        Case.FloatSetVal => value.FloatSetVal.Val.ToArray(),
        Case.BoolListVal => value.BoolListVal.Val.ToArray(),
        Case.BoolSetVal => value.BoolSetVal.Val.ToArray(),
        Case.UnixTimestampListVal => value.UnixTimestampListVal.Val.Select(Instant).ToArray(),
        Case.UnixTimestampSetVal => value.UnixTimestampSetVal.Val.Select(Instant).ToArray(),
        Case.JsonListVal => value.JsonListVal.Val.ToArray(),
        Case.UuidListVal => value.UuidListVal.Val.ToArray(),
        Case.UuidSetVal => value.UuidSetVal.Val.ToArray(),
        Case.TimeUuidListVal => value.TimeUuidListVal.Val.ToArray(),
        Case.TimeUuidSetVal => value.TimeUuidSetVal.Val.ToArray(),
        Case.DecimalListVal => value.DecimalListVal.Val.ToArray(),
        Case.DecimalSetVal => value.DecimalSetVal.Val.ToArray(),
        _ => null,
    };

    private static Dictionary<string, object?> FromMap(Map map) => map.Val.ToDictionary(pair => pair.Key, pair => From(pair.Value));

    private static KeyValuePair<object, object?>[] FromScalarMap(ScalarMap map) =>
        [.. map.Val.Select(entry => KeyValuePair.Create(FromKey(entry.Key ?? new MapKey()), From(entry.Value ?? new Value())))];

    private static object FromKey(MapKey key) => key.KeyCase switch
    {
        MapKey.KeyOneofCase.Int32Key => key.Int32Key,
        MapKey.KeyOneofCase.Int64Key => key.Int64Key,
        MapKey.KeyOneofCase.FloatKey => key.FloatKey,
        MapKey.KeyOneofCase.DoubleKey => key.DoubleKey,
        MapKey.KeyOneofCase.BoolKey => key.BoolKey,
        MapKey.KeyOneofCase.UnixTimestampKey => DateTimeOffset.FromUnixTimeSeconds(key.UnixTimestampKey),
        MapKey.KeyOneofCase.BytesKey => key.BytesKey.ToByteArray(),
        MapKey.KeyOneofCase.UuidKey => key.UuidKey,
        MapKey.KeyOneofCase.TimeUuidKey => key.TimeUuidKey,
        MapKey.KeyOneofCase.DecimalKey => key.DecimalKey,
        _ => "",
    };
}
