using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MlKit.Recommendation.Numerics;

/// <summary>
/// Product of two square matrices in single precision. Columns of the right one are packed in panels of 32, which stay in
/// the second-level cache; panels are computed in parallel, each in one fixed order.
/// </summary>
internal static class MatrixProduct
{
    private const int Panel = 32;
    private const int Rows = 4;

    /// <summary>Replaces b by a b, all [n, n] row-major; a panel of b is packed before its product overwrites it.</summary>
    public static void MultiplyInPlace(float[] a, float[] b, int n, CancellationToken cancellationToken)
    {
        var options = new ParallelOptions { CancellationToken = cancellationToken };
        Parallel.For(0, (n + Panel - 1) / Panel, options, () => new float[n * Panel], (panel, _, packed) =>
        {
            Pack(b, n, panel * Panel, packed);
            for (var i = 0; i < n; i += Rows)
            {
                // The last tile repeats rows of the one before instead of having a size of its own.
                Tile(a, packed, b, n, Math.Max(0, Math.Min(i, n - Rows)), panel * Panel);
            }

            return packed;
        }, _ => { });
    }

    private static void Pack(float[] b, int n, int column, float[] packed)
    {
        var width = Math.Min(Panel, n - column);
        for (var k = 0; k < n; k++)
        {
            b.AsSpan((k * n) + column, width).CopyTo(packed.AsSpan(k * Panel));
        }
    }

    private static void Tile(float[] a, float[] packed, float[] product, int n, int i, int column)
    {
        if (n < Rows)
        {
            SmallTile(a, packed, product, n, column);
            return;
        }

        Vector512<float> a0 = default, a1 = default, b0 = default, b1 = default, c0 = default, c1 = default, d0 = default, d1 = default;
        ref var panel = ref MemoryMarshal.GetArrayDataReference(packed);
        ref var r0 = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(a), i * n);
        ref var r1 = ref Unsafe.Add(ref r0, n);
        ref var r2 = ref Unsafe.Add(ref r1, n);
        ref var r3 = ref Unsafe.Add(ref r2, n);
        for (var k = 0; k < n; k++, panel = ref Unsafe.Add(ref panel, Panel))
        {
            var v0 = Vector512.LoadUnsafe(ref panel);
            var v1 = Vector512.LoadUnsafe(ref panel, Panel / 2);
            var x = Vector512.Create(Unsafe.Add(ref r0, k));
            a0 = Vector512.FusedMultiplyAdd(x, v0, a0);
            a1 = Vector512.FusedMultiplyAdd(x, v1, a1);
            x = Vector512.Create(Unsafe.Add(ref r1, k));
            b0 = Vector512.FusedMultiplyAdd(x, v0, b0);
            b1 = Vector512.FusedMultiplyAdd(x, v1, b1);
            x = Vector512.Create(Unsafe.Add(ref r2, k));
            c0 = Vector512.FusedMultiplyAdd(x, v0, c0);
            c1 = Vector512.FusedMultiplyAdd(x, v1, c1);
            x = Vector512.Create(Unsafe.Add(ref r3, k));
            d0 = Vector512.FusedMultiplyAdd(x, v0, d0);
            d1 = Vector512.FusedMultiplyAdd(x, v1, d1);
        }

        Store(product, n, i, column, a0, a1);
        Store(product, n, i + 1, column, b0, b1);
        Store(product, n, i + 2, column, c0, c1);
        Store(product, n, i + 3, column, d0, d1);
    }

    private static void Store(float[] product, int n, int row, int column, Vector512<float> left, Vector512<float> right)
    {
        Span<float> values = stackalloc float[Panel];
        left.CopyTo(values);
        right.CopyTo(values[(Panel / 2)..]);
        values[..Math.Min(Panel, n - column)].CopyTo(product.AsSpan((row * n) + column));
    }

    private static void SmallTile(float[] a, float[] packed, float[] product, int n, int column)
    {
        for (var i = 0; i < n; i++)
        {
            for (var j = column; j < Math.Min(n, column + Panel); j++)
            {
                var sum = 0f;
                for (var k = 0; k < n; k++)
                {
                    sum += a[(i * n) + k] * packed[(k * Panel) + j - column];
                }

                product[(i * n) + j] = sum;
            }
        }
    }
}
