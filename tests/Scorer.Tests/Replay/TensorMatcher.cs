using System.Runtime.InteropServices;
using System.Text.Json.Nodes;

namespace MlKit.Scorer.Tests.Replay;

/// <summary>Compares the bytes of a tensor with <c>hex</c> (exact) or <c>near</c> (values with a tolerance).</summary>
internal static class TensorMatcher
{
    public static string? Compare(string name, JsonObject expected, ReadOnlySpan<byte> actual)
    {
        if (expected["hex"] is { } hex)
        {
            var bytes = Convert.ToHexStringLower(actual);
            return bytes == hex.GetValue<string>() ? null : $"tensor {name}: bytes {bytes[..Math.Min(80, bytes.Length)]}";
        }

        var values = Values(expected["datatype"]!.GetValue<string>(), actual);
        var near = expected["near"]!.AsArray();
        var tolerance = expected["tol"]!.GetValue<double>();
        if (values.Length != near.Count)
        {
            return $"tensor {name}: {values.Length} values, expected {near.Count}";
        }

        for (var i = 0; i < values.Length; i++)
        {
            var wanted = near[i]!.GetValue<double>();
            if (!values[i].Equals(wanted) && !(Math.Abs(values[i] - wanted) <= tolerance * Math.Max(1, Math.Abs(wanted))))
            {
                return $"tensor {name}[{i}]: {values[i]}, expected about {wanted}";
            }
        }

        return null;
    }

    private static double[] Values(string type, ReadOnlySpan<byte> data) => type switch
    {
        "FP32" => Array.ConvertAll(MemoryMarshal.Cast<byte, float>(data).ToArray(), value => (double)value),
        "FP64" => MemoryMarshal.Cast<byte, double>(data).ToArray(),
        "FP16" => Array.ConvertAll(MemoryMarshal.Cast<byte, Half>(data).ToArray(), value => (double)value),
        _ => throw new NotSupportedException($"near values of {type}"),
    };
}
