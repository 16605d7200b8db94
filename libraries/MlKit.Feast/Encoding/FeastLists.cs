using Google.Protobuf;
using MlKit.Feast.Protos.Types;

namespace MlKit.Feast;

/// <summary>Lists and sets; a null element becomes NaN in lists of floating point numbers and the type's default in others, as Feast writes it.</summary>
internal static class FeastLists
{
    public static Value From(List<object?> items, ValueType type) => type switch
    {
        ValueType.BytesList => new Value { BytesListVal = new BytesList { Val = { Bytes(items) } } },
        ValueType.BytesSet => new Value { BytesSetVal = new BytesSet { Val = { Bytes(items) } } },
        ValueType.StringList => new Value { StringListVal = new StringList { Val = { Texts(items) } } },
        ValueType.StringSet => new Value { StringSetVal = new StringSet { Val = { Texts(items) } } },
        ValueType.Int32List => new Value { Int32ListVal = new Int32List { Val = { Small(items) } } },
        ValueType.Int32Set => new Value { Int32SetVal = new Int32Set { Val = { Small(items) } } },
        ValueType.Int64List => new Value { Int64ListVal = new Int64List { Val = { Integers(items) } } },
        ValueType.Int64Set => new Value { Int64SetVal = new Int64Set { Val = { Integers(items) } } },
        ValueType.DoubleList => new Value { DoubleListVal = new DoubleList { Val = { Numbers(items) } } },
        ValueType.DoubleSet => new Value { DoubleSetVal = new DoubleSet { Val = { Numbers(items) } } },
        ValueType.FloatList => new Value { FloatListVal = new FloatList { Val = { Singles(items) } } },
        ValueType.FloatSet => new Value { FloatSetVal = new FloatSet { Val = { Singles(items) } } },
        ValueType.BoolList => new Value { BoolListVal = new BoolList { Val = { Truths(items) } } },
        ValueType.BoolSet => new Value { BoolSetVal = new BoolSet { Val = { Truths(items) } } },
        ValueType.UnixTimestampList => new Value { UnixTimestampListVal = new Int64List { Val = { Times(items) } } },
        ValueType.UnixTimestampSet => new Value { UnixTimestampSetVal = new Int64Set { Val = { Times(items) } } },
        _ => FromText(items, type),
    };

    /// <summary>A list of unknown element type: that of the first element that is not null.</summary>
    public static Value Infer(List<object?> items) => From(items, items.Find(item => item is not null) switch
    {
        null => ValueType.StringList,
        bool => ValueType.BoolList,
        string => ValueType.StringList,
        byte[] => ValueType.BytesList,
        float or double => ValueType.DoubleList,
        DateTimeOffset or DateTime => ValueType.UnixTimestampList,
        System.Collections.IDictionary or IDictionary<string, object?> => ValueType.MapList,
        System.Collections.IEnumerable => ValueType.ValueList,
        _ => ValueType.Int64List,
    });

    private static Value FromText(List<object?> items, ValueType type) => type switch
    {
        ValueType.UuidList => new Value { UuidListVal = new StringList { Val = { Texts(items) } } },
        ValueType.UuidSet => new Value { UuidSetVal = new StringSet { Val = { Texts(items) } } },
        ValueType.TimeUuidList => new Value { TimeUuidListVal = new StringList { Val = { Texts(items) } } },
        ValueType.TimeUuidSet => new Value { TimeUuidSetVal = new StringSet { Val = { Texts(items) } } },
        ValueType.DecimalList => new Value { DecimalListVal = new StringList { Val = { Texts(items) } } },
        ValueType.DecimalSet => new Value { DecimalSetVal = new StringSet { Val = { Texts(items) } } },
        ValueType.JsonList => new Value { JsonListVal = new StringList { Val = { items.Select(item => item is null ? "" : JsonText.From(item)) } } },
        ValueType.MapList => new Value { MapListVal = Maps(items) },
        ValueType.StructList => new Value { StructListVal = Maps(items) },
        ValueType.ValueList => new Value { ListVal = new RepeatedValue { Val = { items.Select(FeastValue.Infer) } } },
        ValueType.ValueSet => new Value { SetVal = new RepeatedValue { Val = { items.Select(FeastValue.Infer) } } },
        _ => throw new InvalidCastException($"{type} is no list"),
    };

    private static IEnumerable<ByteString> Bytes(List<object?> items) =>
        items.Select(item => item is null ? ByteString.Empty : ByteString.CopyFrom((byte[])item));

    private static IEnumerable<string> Texts(List<object?> items) =>
        items.Select(item => item is null ? "" : FeastScalars.Text(item));

    private static IEnumerable<int> Small(List<object?> items) =>
        items.Select(item => item is null ? 0 : checked((int)FeastScalars.Integer(item)));

    private static IEnumerable<long> Integers(List<object?> items) =>
        items.Select(item => item is null ? 0 : FeastScalars.Integer(item));

    private static IEnumerable<double> Numbers(List<object?> items) =>
        items.Select(item => item is null ? double.NaN : FeastScalars.Number(item));

    private static IEnumerable<float> Singles(List<object?> items) =>
        items.Select(item => item is null ? float.NaN : (float)FeastScalars.Number(item));

    private static IEnumerable<bool> Truths(List<object?> items) =>
        items.Select(item => item is not null && FeastScalars.Truth(item));

    private static IEnumerable<long> Times(List<object?> items) =>
        items.Select(item => item is null ? FeastValue.NotATime : FeastScalars.Seconds(item));

    private static MapList Maps(List<object?> items)
    {
        var maps = new MapList();
        maps.Val.AddRange(items.Select(item => item is null ? new Map() : FeastValue.MapFrom(item)));
        return maps;
    }
}
