using System.Collections;
using System.Globalization;
using System.Text.Json;
using Google.Protobuf;
using MlKit.Feast.Protos.Types;

namespace MlKit.Feast;

/// <summary>.NET values to <c>feast.types.Value</c> and back.</summary>
public static class FeastValue
{
    /// <summary>What a missing instant inside a list becomes (numpy's "not a time").</summary>
    internal const long NotATime = long.MinValue;

    /// <summary>
    /// The value of a column of type <paramref name="type"/>. Null, NaN, and a list in a scalar column become the value
    /// without a case, which has no bytes: Feast's null.
    /// </summary>
    /// <exception cref="FeastException">The value does not fit the type; the message names both.</exception>
    public static Value From(object? value, ValueType type)
    {
        if (IsNull(value))
        {
            return new Value();
        }

        try
        {
            return type switch
            {
                ValueType.Map => new Value { MapVal = ToMap(value!) },
                ValueType.Struct => new Value { StructVal = ToMap(value!) },
                ValueType.Json => new Value { JsonVal = JsonText.From(value!) },
                ValueType.ScalarMap => new Value { ScalarMapVal = ToScalarMap((IDictionary)value!) },
                _ when IsList(type) => FeastLists.From(Elements(value!, type), type),
                _ => IsSequence(value!) && type != ValueType.Bytes ? new Value() : FeastScalars.From(value!, type),
            };
        }
        catch (Exception error) when (error is InvalidCastException or FormatException or OverflowException or JsonException)
        {
            throw new FeastException($"'{Shown(value!)}' is no value of type {type}: {error.Message}", error);
        }
    }

    /// <summary>The .NET value as <see cref="ValueType"/> documents it; null for the value without a case and for null_val.</summary>
    public static object? ToNative(Value value) => FeastNatives.From(value);

    /// <summary>A value of unknown type, for members of maps: whole numbers are INT64, others DOUBLE, text STRING.</summary>
    internal static Value Infer(object? value) => value switch
    {
        null => new Value(),
        bool flag => new Value { BoolVal = flag },
        string text => new Value { StringVal = text },
        byte[] bytes => new Value { BytesVal = ByteString.CopyFrom(bytes) },
        sbyte or byte or short or ushort or int or uint or long => new Value { Int64Val = Convert.ToInt64(value, CultureInfo.InvariantCulture) },
        float or double => new Value { DoubleVal = Convert.ToDouble(value, CultureInfo.InvariantCulture) },
        DateTimeOffset or DateTime => From(value, ValueType.UnixTimestamp),
        decimal => From(value, ValueType.Decimal),
        Guid => From(value, ValueType.Uuid),
        JsonElement element => Infer(JsonText.Native(element)),
        IDictionary<string, object?> map => new Value { MapVal = ToMap(map) },
        IEnumerable list => FeastLists.Infer([.. list.Cast<object?>()]),
        _ => throw new InvalidCastException($"{value.GetType().Name} has no Feast type"),
    };

    internal static bool IsNull(object? value) => value is null or DBNull or double.NaN or float.NaN
        || (value is JsonElement { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined });

    private static bool IsList(ValueType type) =>
        type is (>= ValueType.BytesList and <= ValueType.UnixTimestampList) or (>= ValueType.MapList and <= ValueType.UnixTimestampSet)
            or ValueType.JsonList or ValueType.StructList or (>= ValueType.UuidList and <= ValueType.ValueSet)
            or ValueType.DecimalList or ValueType.DecimalSet;

    private static bool IsSequence(object value) =>
        value is IEnumerable and not string || value is JsonElement { ValueKind: JsonValueKind.Array };

    private static List<object?> Elements(object value, ValueType type) => value switch
    {
        JsonElement { ValueKind: JsonValueKind.Array } array => [.. array.EnumerateArray().Select(JsonText.Native)],
        JsonElement { ValueKind: JsonValueKind.String } text when type is ValueType.StringList or ValueType.StringSet => Characters(text.GetString()!),
        string text when type is ValueType.StringList or ValueType.StringSet => Characters(text),
        string or byte[] => throw new InvalidCastException($"a {type} needs a list"),
        IEnumerable sequence => [.. sequence.Cast<object?>()],
        _ => throw new InvalidCastException($"a {type} needs a list"),
    };

    /// <summary>Text where a list of texts is due is the list of its characters, as in Python.</summary>
    private static List<object?> Characters(string text) => [.. text.EnumerateRunes().Select(character => (object?)character.ToString())];

    private static Map ToMap(object value)
    {
        var map = new Map();
        switch (value is JsonElement element ? JsonText.Native(element) : value)
        {
            case IEnumerable<KeyValuePair<string, object?>> pairs:
                foreach (var (key, member) in pairs)
                {
                    map.Val[key] = Infer(member);
                }

                return map;
            case IDictionary dictionary:
                foreach (DictionaryEntry entry in dictionary)
                {
                    map.Val[(string)entry.Key] = Infer(entry.Value);
                }

                return map;
            default:
                throw new InvalidCastException("a map needs members with text keys");
        }
    }

    internal static Map MapFrom(object value) => ToMap(value);

    private static ScalarMap ToScalarMap(IDictionary dictionary)
    {
        var map = new ScalarMap();
        foreach (DictionaryEntry entry in dictionary)
        {
            map.Val.Add(new ScalarMapEntry { Key = FeastScalars.MapKeyFrom(entry.Key), Value = Infer(entry.Value) });
        }

        return map;
    }

    private static string Shown(object value)
    {
        var text = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
        return text.Length > 100 ? text[..100] + "…" : text;
    }
}
