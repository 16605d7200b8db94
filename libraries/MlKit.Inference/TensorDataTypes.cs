using System.Diagnostics.CodeAnalysis;

namespace MlKit.Inference;

/// <summary>Names and sizes of the element types.</summary>
public static class TensorDataTypes
{
    private static readonly string[] Names =
        ["BOOL", "UINT8", "UINT16", "UINT32", "UINT64", "INT8", "INT16", "INT32", "INT64", "FP16", "BF16", "FP32", "FP64", "BYTES"];

    private static readonly int[] Sizes = [1, 1, 2, 4, 8, 1, 2, 4, 8, 2, 2, 4, 8, 0];

    private static readonly Dictionary<string, TensorDataType> ByName =
        Names.Select((name, index) => (name, index)).ToDictionary(pair => pair.name, pair => (TensorDataType)pair.index, StringComparer.Ordinal);

    private static readonly Dictionary<Type, TensorDataType> ByClrType = new()
    {
        [typeof(bool)] = TensorDataType.Bool,
        [typeof(byte)] = TensorDataType.UInt8,
        [typeof(ushort)] = TensorDataType.UInt16,
        [typeof(uint)] = TensorDataType.UInt32,
        [typeof(ulong)] = TensorDataType.UInt64,
        [typeof(sbyte)] = TensorDataType.Int8,
        [typeof(short)] = TensorDataType.Int16,
        [typeof(int)] = TensorDataType.Int32,
        [typeof(long)] = TensorDataType.Int64,
        [typeof(Half)] = TensorDataType.Fp16,
        [typeof(float)] = TensorDataType.Fp32,
        [typeof(double)] = TensorDataType.Fp64,
    };

    /// <summary>The name on the wire, for example <c>FP32</c>.</summary>
    public static string WireName(this TensorDataType type) => Names[(int)type];

    /// <summary>Bytes per element; 0 for <see cref="TensorDataType.Bytes"/>, whose elements vary.</summary>
    public static int ElementSize(this TensorDataType type) => Sizes[(int)type];

    /// <summary>Whether a tensor of this type can be written as JSON; FP16 and BF16 cannot.</summary>
    public static bool HasJsonForm(this TensorDataType type) => type is not (TensorDataType.Fp16 or TensorDataType.Bf16);

    /// <summary>Finds the type with this wire name (upper case); false where there is none.</summary>
    public static bool TryParse([NotNullWhen(true)] string? name, out TensorDataType type)
    {
        type = default;
        return name is not null && ByName.TryGetValue(name, out type);
    }

    /// <summary>The element type that holds values of <typeparamref name="T"/>.</summary>
    /// <exception cref="NotSupportedException">No element type does; the message lists those that have one.</exception>
    public static TensorDataType For<T>()
        where T : unmanaged =>
        ByClrType.TryGetValue(typeof(T), out var type)
            ? type
            : throw new NotSupportedException($"{typeof(T)} has no tensor type; these have: {string.Join(", ", ByClrType.Keys.Select(key => key.Name))}");

    /// <summary>The type whose wire name the reader stands on; null: there is none.</summary>
    internal static TensorDataType? Find(ref System.Text.Json.Utf8JsonReader reader)
    {
        for (var i = 0; i < Names.Length; i++)
        {
            if (reader.ValueTextEquals(Names[i]))
            {
                return (TensorDataType)i;
            }
        }

        return null;
    }

    /// <summary>All wire names, for error messages.</summary>
    internal static string AllNames => string.Join(", ", Names);
}
