namespace MlKit.Feast;

/// <summary>
/// The types of features and join keys, under Feast's names and numbers (<c>feast.types.ValueType.Enum</c>); the number
/// is also the field number of the value in <c>feast.types.Value</c>.
/// </summary>
#pragma warning disable CA1720 // The names are Feast's.
public enum ValueType
{
    /// <summary>Not set.</summary>
    Invalid = 0,

    /// <summary>Raw bytes; <c>byte[]</c>.</summary>
    Bytes = 1,

    /// <summary>Text; <c>string</c>.</summary>
    String = 2,

    /// <summary>32-bit integer; <c>int</c>.</summary>
    Int32 = 3,

    /// <summary>64-bit integer; <c>long</c>.</summary>
    Int64 = 4,

    /// <summary>64-bit floating point; <c>double</c>.</summary>
    Double = 5,

    /// <summary>32-bit floating point; <c>float</c>.</summary>
    Float = 6,

    /// <summary>Truth value; <c>bool</c>.</summary>
    Bool = 7,

    /// <summary>Instant in whole seconds; <c>DateTimeOffset</c> (UTC).</summary>
    UnixTimestamp = 8,

    /// <summary>List of byte strings.</summary>
    BytesList = 11,

    /// <summary>List of texts; <c>string[]</c>.</summary>
    StringList = 12,

    /// <summary>List of 32-bit integers; <c>int[]</c>.</summary>
    Int32List = 13,

    /// <summary>List of 64-bit integers; <c>long[]</c>.</summary>
    Int64List = 14,

    /// <summary>List of 64-bit floating point numbers; <c>double[]</c>.</summary>
    DoubleList = 15,

    /// <summary>List of 32-bit floating point numbers; <c>float[]</c>.</summary>
    FloatList = 16,

    /// <summary>List of truth values; <c>bool[]</c>.</summary>
    BoolList = 17,

    /// <summary>List of instants in whole seconds; <c>DateTimeOffset[]</c>.</summary>
    UnixTimestampList = 18,

    /// <summary>Null.</summary>
    Null = 19,

    /// <summary>Map of text to values.</summary>
    Map = 20,

    /// <summary>List of maps.</summary>
    MapList = 21,

    /// <summary>Set of byte strings.</summary>
    BytesSet = 22,

    /// <summary>Set of texts.</summary>
    StringSet = 23,

    /// <summary>Set of 32-bit integers.</summary>
    Int32Set = 24,

    /// <summary>Set of 64-bit integers.</summary>
    Int64Set = 25,

    /// <summary>Set of 64-bit floating point numbers.</summary>
    DoubleSet = 26,

    /// <summary>Set of 32-bit floating point numbers.</summary>
    FloatSet = 27,

    /// <summary>Set of truth values.</summary>
    BoolSet = 28,

    /// <summary>Set of instants in whole seconds.</summary>
    UnixTimestampSet = 29,

    /// <summary>JSON text.</summary>
    Json = 32,

    /// <summary>List of JSON texts.</summary>
    JsonList = 33,

    /// <summary>Structure with named members.</summary>
    Struct = 34,

    /// <summary>List of structures.</summary>
    StructList = 35,

    /// <summary>UUID as text.</summary>
    Uuid = 36,

    /// <summary>Time-based UUID as text.</summary>
    TimeUuid = 37,

    /// <summary>List of UUIDs.</summary>
    UuidList = 38,

    /// <summary>List of time-based UUIDs.</summary>
    TimeUuidList = 39,

    /// <summary>Set of UUIDs.</summary>
    UuidSet = 40,

    /// <summary>Set of time-based UUIDs.</summary>
    TimeUuidSet = 41,

    /// <summary>List of lists or sets.</summary>
    ValueList = 42,

    /// <summary>Set of lists or sets.</summary>
    ValueSet = 43,

    /// <summary>Decimal number as text that keeps its scale.</summary>
    Decimal = 44,

    /// <summary>List of decimal numbers.</summary>
    DecimalList = 45,

    /// <summary>Set of decimal numbers.</summary>
    DecimalSet = 46,

    /// <summary>Map with scalar keys that need not be text.</summary>
    ScalarMap = 47,

    /// <summary>Instant in whole seconds with the zone it was given in.</summary>
    ZonedTimestamp = 48,
}
