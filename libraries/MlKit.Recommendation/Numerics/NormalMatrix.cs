using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MlKit.Recommendation.Numerics;

/// <summary>
/// Sums of outer products and the solution of the small dense systems that they make (single precision, dimensions that
/// are multiples of 16). Only the lower triangle is kept; the order of adding is fixed.
/// </summary>
internal static class NormalMatrix
{
    /// <summary>Dimensions must be multiples of this.</summary>
    public const int Step = 16;

    private const int TileRows = 4;

    /// <summary>Adds x x' of every row x of <paramref name="rows"/> ([count, d]) to the lower triangle of <paramref name="a"/> ([d, d]).</summary>
    public static void AddOuterProducts(ReadOnlySpan<float> rows, int count, int d, Span<float> a)
    {
        ref var x = ref MemoryMarshal.GetReference(rows);
        ref var to = ref MemoryMarshal.GetReference(a);
        for (var i = 0; i < d; i += TileRows)
        {
            var end = ((i / Step) + 1) * Step;
            var j = 0;
            for (; j + (2 * Step) <= end; j += 2 * Step)
            {
                AddWideTile(ref x, count, d, i, j, ref to);
            }

            if (j < end)
            {
                AddNarrowTile(ref x, count, d, i, j, ref to);
            }
        }
    }

    /// <summary>Solves a y = b in place: <paramref name="a"/> becomes its Cholesky factor, <paramref name="b"/> the solution.</summary>
    /// <exception cref="ArithmeticException">The matrix is not positive definite.</exception>
    public static void Solve(Span<float> a, Span<float> b, int d)
    {
        for (var i = 0; i < d; i++)
        {
            var row = a.Slice(i * d, i + 1);
            FactorRow(a, row, i, d);
            var pivot = row[i] - Dot(row, row, i);
            if (!(pivot > 0))
            {
                throw new ArithmeticException($"the system is not positive definite (pivot {i} is {pivot}); raise the regularisation");
            }

            row[i] = MathF.Sqrt(pivot);
            b[i] = (b[i] - Dot(row, b, i)) / row[i];
        }

        for (var i = d - 1; i >= 0; i--)
        {
            b[i] /= a[(i * d) + i];
            AddScaled(a.Slice(i * d, i), -b[i], b);
        }
    }

    /// <summary>Row i of the factor before its diagonal; four columns share the reads of the row.</summary>
    private static void FactorRow(Span<float> a, Span<float> row, int i, int d)
    {
        var j = 0;
        for (; j + TileRows <= i; j += TileRows)
        {
            var known = FourDots(row, a.Slice(j * d), d, j);
            for (var k = 0; k < TileRows; k++)
            {
                var own = a.Slice((j + k) * d, d);
                var sum = known[k];
                for (var m = j; m < j + k; m++)
                {
                    sum += row[m] * own[m];
                }

                row[j + k] = (row[j + k] - sum) / own[j + k];
            }
        }

        for (; j < i; j++)
        {
            row[j] = (row[j] - Dot(row, a.Slice(j * d, j), j)) / a[(j * d) + j];
        }
    }

    /// <summary>Dot products of x with four rows of y over the first <paramref name="count"/> entries, a multiple of 4.</summary>
    private static Vector128<float> FourDots(ReadOnlySpan<float> x, ReadOnlySpan<float> y, int d, int count)
    {
        ref var p = ref MemoryMarshal.GetReference(x);
        ref var q = ref MemoryMarshal.GetReference(y);
        Vector512<float> s0 = default, s1 = default, s2 = default, s3 = default;
        var k = 0;
        for (; k + Step <= count; k += Step)
        {
            var v = Load(ref p, k);
            s0 = Vector512.FusedMultiplyAdd(v, Load(ref q, k), s0);
            s1 = Vector512.FusedMultiplyAdd(v, Load(ref q, d + k), s1);
            s2 = Vector512.FusedMultiplyAdd(v, Load(ref q, (2 * d) + k), s2);
            s3 = Vector512.FusedMultiplyAdd(v, Load(ref q, (3 * d) + k), s3);
        }

        var sums = Vector128.Create(Vector512.Sum(s0), Vector512.Sum(s1), Vector512.Sum(s2), Vector512.Sum(s3));
        for (; k < count; k++)
        {
            var column = Vector128.Create(Unsafe.Add(ref q, k), Unsafe.Add(ref q, d + k), Unsafe.Add(ref q, (2 * d) + k), Unsafe.Add(ref q, (3 * d) + k));
            sums += column * Unsafe.Add(ref p, k);
        }

        return sums;
    }

    /// <summary>Dot product of the first <paramref name="count"/> entries.</summary>
    public static float Dot(ReadOnlySpan<float> x, ReadOnlySpan<float> y, int count)
    {
        ref var p = ref MemoryMarshal.GetReference(x);
        ref var q = ref MemoryMarshal.GetReference(y);
        Vector512<float> one = default, two = default;
        var k = 0;
        for (; k + 32 <= count; k += 32)
        {
            one = Vector512.FusedMultiplyAdd(Load(ref p, k), Load(ref q, k), one);
            two = Vector512.FusedMultiplyAdd(Load(ref p, k + Step), Load(ref q, k + Step), two);
        }

        if (k + Step <= count)
        {
            one = Vector512.FusedMultiplyAdd(Load(ref p, k), Load(ref q, k), one);
            k += Step;
        }

        var sum = Vector512.Sum(one + two);
        for (; k < count; k++)
        {
            sum += Unsafe.Add(ref p, k) * Unsafe.Add(ref q, k);
        }

        return sum;
    }

    private static void AddScaled(ReadOnlySpan<float> x, float factor, Span<float> y) =>
        System.Numerics.Tensors.TensorPrimitives.MultiplyAdd(x, factor, y[..x.Length], y[..x.Length]);

    private static void AddWideTile(ref float x, int count, int d, int i, int j, ref float a)
    {
        Vector512<float> a0 = default, a1 = default, b0 = default, b1 = default, c0 = default, c1 = default, d0 = default, d1 = default;
        ref var row = ref x;
        for (var s = 0; s < count; s++, row = ref Unsafe.Add(ref row, d))
        {
            var v0 = Load(ref row, j);
            var v1 = Load(ref row, j + Step);
            var p = Vector512.Create(Unsafe.Add(ref row, i));
            a0 = Vector512.FusedMultiplyAdd(p, v0, a0);
            a1 = Vector512.FusedMultiplyAdd(p, v1, a1);
            p = Vector512.Create(Unsafe.Add(ref row, i + 1));
            b0 = Vector512.FusedMultiplyAdd(p, v0, b0);
            b1 = Vector512.FusedMultiplyAdd(p, v1, b1);
            p = Vector512.Create(Unsafe.Add(ref row, i + 2));
            c0 = Vector512.FusedMultiplyAdd(p, v0, c0);
            c1 = Vector512.FusedMultiplyAdd(p, v1, c1);
            p = Vector512.Create(Unsafe.Add(ref row, i + 3));
            d0 = Vector512.FusedMultiplyAdd(p, v0, d0);
            d1 = Vector512.FusedMultiplyAdd(p, v1, d1);
        }

        ref var to = ref Unsafe.Add(ref a, (i * d) + j);
        Store(ref to, 0, a0, a1);
        Store(ref to, d, b0, b1);
        Store(ref to, 2 * d, c0, c1);
        Store(ref to, 3 * d, d0, d1);
    }

    private static void AddNarrowTile(ref float x, int count, int d, int i, int j, ref float a)
    {
        Vector512<float> a0 = default, b0 = default, c0 = default, d0 = default;
        ref var row = ref x;
        for (var s = 0; s < count; s++, row = ref Unsafe.Add(ref row, d))
        {
            var v = Load(ref row, j);
            a0 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref row, i)), v, a0);
            b0 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref row, i + 1)), v, b0);
            c0 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref row, i + 2)), v, c0);
            d0 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref row, i + 3)), v, d0);
        }

        ref var to = ref Unsafe.Add(ref a, (i * d) + j);
        Add(ref to, 0, a0);
        Add(ref to, d, b0);
        Add(ref to, 2 * d, c0);
        Add(ref to, 3 * d, d0);
    }

    private static Vector512<float> Load(ref float from, int at) => Vector512.LoadUnsafe(ref from, (nuint)at);

    private static void Store(ref float to, int at, Vector512<float> left, Vector512<float> right)
    {
        Add(ref to, at, left);
        Add(ref to, at + Step, right);
    }

    private static void Add(ref float to, int at, Vector512<float> value) =>
        (Load(ref to, at) + value).StoreUnsafe(ref to, (nuint)at);
}
