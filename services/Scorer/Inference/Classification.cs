using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using MlKit.Inference;

namespace MlKit.Scorer.Inference;

/// <summary>
/// The classification extension: an output becomes the texts <c>value:index[:label]</c> of its n largest elements, per
/// row where the model has batches.
/// </summary>
internal static class Classification
{
    private const string Parameter = "classification";

    /// <summary>How many classes an output is wanted as; 0: it is wanted as it is.</summary>
    /// <exception cref="InferenceException">InvalidArgument: not a whole number above 0.</exception>
    public static int Wanted(RequestedOutput output)
    {
        if (!output.Parameters.TryGetValue(Parameter, out var value))
        {
            return 0;
        }

        return value switch
        {
            long and > 0 => (int)Math.Min((long)value, int.MaxValue),
            ulong and > 0 => (int)Math.Min((ulong)value, int.MaxValue),
            _ => throw Invalid($"output '{output.Name}': parameter '{Parameter}' is '{value}'; allowed: a whole number, 1 or above"),
        };
    }

    /// <param name="output">The scores.</param>
    /// <param name="count">Classes wanted; fewer where there are not so many.</param>
    /// <param name="batched">The first dimension is that of the batch.</param>
    /// <param name="labels">Texts of the classes; empty: none.</param>
    /// <exception cref="InferenceException">InvalidArgument: elements of this type cannot be ranked.</exception>
    public static Tensor Apply(Tensor output, int count, bool batched, string[] labels)
    {
        var rows = batched ? (int)output.Shape[0] : 1;
        var width = rows == 0 ? 0 : output.Count / rows;
        var shown = Math.Min(count, width);
        var texts = new string[rows * shown];
        for (var row = 0; row < rows; row++)
        {
            Rank(output, row * width, width, shown, labels).CopyTo(texts, row * shown);
        }

        return Tensor.FromStrings(output.Name, texts, batched ? [rows, shown] : [shown]);
    }

    private static string[] Rank(Tensor output, int start, int width, int shown, string[] labels) => output.DataType switch
    {
        TensorDataType.Fp32 => Rank<float>(output, start, width, shown, labels, Floating),
        TensorDataType.Fp64 => Rank<double>(output, start, width, shown, labels, Floating),
        TensorDataType.UInt8 => Rank<byte>(output, start, width, shown, labels, Whole),
        TensorDataType.UInt16 => Rank<ushort>(output, start, width, shown, labels, Whole),
        TensorDataType.UInt32 => Rank<uint>(output, start, width, shown, labels, Whole),
        TensorDataType.UInt64 => Rank<ulong>(output, start, width, shown, labels, Whole),
        TensorDataType.Int8 => Rank<sbyte>(output, start, width, shown, labels, Whole),
        TensorDataType.Int16 => Rank<short>(output, start, width, shown, labels, Whole),
        TensorDataType.Int32 => Rank<int>(output, start, width, shown, labels, Whole),
        TensorDataType.Int64 => Rank<long>(output, start, width, shown, labels, Whole),
        var type => throw Invalid($"output '{output.Name}' holds {type.WireName()}, which has no classification"),
    };

    private static string[] Rank<T>(Tensor output, int start, int width, int shown, string[] labels, Func<T, string> format)
        where T : unmanaged, INumber<T>
    {
        var values = MemoryMarshal.Cast<byte, T>(output.Data.Span).Slice(start, width).ToArray();
        return
        [
            .. Enumerable.Range(0, width)
                .OrderByDescending(index => values[index], Comparer<T>.Create(Compare))
                .Take(shown)
                .Select(index => index < labels.Length ? $"{format(values[index])}:{index}:{labels[index]}" : $"{format(values[index])}:{index}"),
        ];
    }

    /// <summary>What is not a number comes last.</summary>
    private static int Compare<T>(T left, T right)
        where T : INumber<T> =>
        T.IsNaN(left) || T.IsNaN(right) ? T.IsNaN(right).CompareTo(T.IsNaN(left)) : left.CompareTo(right);

    /// <summary>As C prints <c>%f</c>.</summary>
    private static string Floating<T>(T value)
        where T : IFloatingPointIeee754<T>
    {
        if (T.IsNaN(value))
        {
            return "nan";
        }

        return T.IsInfinity(value) ? (value > T.Zero ? "inf" : "-inf") : double.CreateChecked(value).ToString("F6", CultureInfo.InvariantCulture);
    }

    private static string Whole<T>(T value)
        where T : INumber<T> => value.ToString(null, CultureInfo.InvariantCulture);

    private static InferenceException Invalid(string message) => new(InferenceErrorKind.InvalidArgument, message);
}
