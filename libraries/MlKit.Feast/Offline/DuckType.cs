namespace MlKit.Feast;

/// <summary>How feature types look in DuckDB. Instants are TIMESTAMP in UTC inside and TIMESTAMPTZ in files.</summary>
internal static class DuckType
{
    /// <summary>The type to work with, or null for types that are taken as they come (maps, structures, nested lists).</summary>
    public static string? Of(ValueType type) => type switch
    {
        ValueType.String or ValueType.Uuid or ValueType.TimeUuid or ValueType.Decimal or ValueType.Json => "VARCHAR",
        ValueType.Int32 => "INTEGER",
        ValueType.Int64 => "BIGINT",
        ValueType.Double => "DOUBLE",
        ValueType.Float => "FLOAT",
        ValueType.Bool => "BOOLEAN",
        ValueType.Bytes => "BLOB",
        ValueType.UnixTimestamp or ValueType.ZonedTimestamp => "TIMESTAMP",
        ValueType.BytesList or ValueType.BytesSet => "BLOB[]",
        ValueType.StringList or ValueType.StringSet or ValueType.UuidList or ValueType.UuidSet or ValueType.TimeUuidList
            or ValueType.TimeUuidSet or ValueType.DecimalList or ValueType.DecimalSet or ValueType.JsonList => "VARCHAR[]",
        ValueType.Int32List or ValueType.Int32Set => "INTEGER[]",
        ValueType.Int64List or ValueType.Int64Set => "BIGINT[]",
        ValueType.DoubleList or ValueType.DoubleSet => "DOUBLE[]",
        ValueType.FloatList or ValueType.FloatSet => "FLOAT[]",
        ValueType.BoolList or ValueType.BoolSet => "BOOLEAN[]",
        ValueType.UnixTimestampList or ValueType.UnixTimestampSet => "TIMESTAMP[]",
        _ => null,
    };

    /// <summary>The feature type that a column of a file suggests; anything unusual is taken as it comes.</summary>
    public static ValueType ToFeast(string duckType) => duckType switch
    {
        "VARCHAR" => ValueType.String,
        "INTEGER" => ValueType.Int32,
        "BIGINT" => ValueType.Int64,
        "DOUBLE" => ValueType.Double,
        "FLOAT" => ValueType.Float,
        "BOOLEAN" => ValueType.Bool,
        "TIMESTAMP" or "TIMESTAMP WITH TIME ZONE" => ValueType.UnixTimestamp,
        "VARCHAR[]" => ValueType.StringList,
        "BIGINT[]" => ValueType.Int64List,
        "DOUBLE[]" => ValueType.DoubleList,
        _ => ValueType.Map,
    };

    /// <summary>A column converted to the type to work with; instants with a zone become UTC.</summary>
    public static string Cast(string column, ValueType type) => Of(type) switch
    {
        null => column,
        "TIMESTAMP" => Instant(column),
        "TIMESTAMP[]" => $"CAST(CAST({column} AS TIMESTAMPTZ[]) AS TIMESTAMP[])",
        var target => $"CAST({column} AS {target})",
    };

    /// <summary>
    /// An instant in UTC. Casts between times with and without a zone go through calendars and cost more than reading the
    /// column, so the two usual types go by their microseconds; DuckDB drops the branch that the column's type rules out.
    /// </summary>
    private static string Instant(string column) =>
        $"make_timestamp(CASE typeof({column}) WHEN 'TIMESTAMP' THEN epoch_us(CAST({column} AS TIMESTAMP)) ELSE epoch_us(CAST({column} AS TIMESTAMPTZ)) END)";

    /// <summary>A column of the working type as files hold it.</summary>
    public static string ToFile(string column, ValueType type) => Of(type) switch
    {
        "TIMESTAMP" => $"CAST({column} AS TIMESTAMPTZ)",
        "TIMESTAMP[]" => $"CAST({column} AS TIMESTAMPTZ[])",
        _ => column,
    };

    /// <summary>An SQL identifier.</summary>
    public static string Name(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>An SQL text.</summary>
    public static string Text(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
