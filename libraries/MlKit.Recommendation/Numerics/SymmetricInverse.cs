using System.Numerics.Tensors;
using System.Runtime.Intrinsics;

namespace MlKit.Recommendation.Numerics;

/// <summary>
/// Inverse of a symmetric positive definite matrix by blocked Cholesky: A = L L', W = inverse of L, A^-1 = W' W.
/// Every phase is written so that its inner loop is a dot product of two contiguous rows (SIMD), and works on
/// independent tiles in parallel; each tile is computed in one fixed order, so the result does not depend on the
/// number of threads. All in the matrix itself: L lies below the diagonal, W transposed above it, the tiles on the diagonal,
/// which both need, are kept beside. About 2 n^3 floating-point operations, 8 n^2 bytes and 8 x 64 n more.
/// </summary>
internal static class SymmetricInverse
{
    private const int Tile = 64;

    /// <summary>Replaces the row-major n x n matrix <paramref name="a"/> (lower triangle read) by its inverse (full).</summary>
    /// <exception cref="ArithmeticException">The matrix is not positive definite.</exception>
    public static void Invert(double[] a, int n, CancellationToken cancellationToken)
    {
        Factor(a, n, cancellationToken);
        InvertTransposed(a, TakeDiagonal(a, n), n, cancellationToken);
        Multiply(a, n, cancellationToken);
        Mirror(a, n, cancellationToken);
    }

    private static int Tiles(int n) => (n + Tile - 1) / Tile;

    /// <summary>Left-looking: block column j needs only finished columns before it.</summary>
    private static void Factor(double[] a, int n, CancellationToken cancellationToken)
    {
        var tiles = Tiles(n);
        for (var j = 0; j < tiles; j++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var first = j * Tile;
            var end = Math.Min(first + Tile, n);
            Downdate(a, n, first, end, first, end);
            FactorDiagonal(a, n, first, end);
            Parallel.For(j + 1, tiles, i =>
            {
                var rows = Math.Min((i + 1) * Tile, n);
                Downdate(a, n, i * Tile, rows, first, end);
                for (var r = i * Tile; r < rows; r++)
                {
                    for (var c = first; c < end; c++)
                    {
                        var known = TensorPrimitives.Dot(Row(a, n, r, first, c), Row(a, n, c, first, c));
                        a[(r * (long)n) + c] = (a[(r * (long)n) + c] - known) / a[(c * (long)n) + c];
                    }
                }
            });
        }
    }

    /// <summary>Subtracts the part that the columns before <paramref name="first"/> explain.</summary>
    private static void Downdate(double[] a, int n, int row, int rowEnd, int first, int end)
    {
        if (first > 0)
        {
            Products(a, row, rowEnd, a, first, end, n, 0, first, (r, c, dot) => a[(r * (long)n) + c] -= dot);
        }
    }

    private static void FactorDiagonal(double[] a, int n, int first, int end)
    {
        for (var c = first; c < end; c++)
        {
            var own = Row(a, n, c, first, c);
            var pivot = a[(c * (long)n) + c] - TensorPrimitives.Dot(own, own);
            if (!(pivot > 0) || !double.IsFinite(pivot))
            {
                throw new ArithmeticException($"the matrix is not positive definite (pivot {c} is {pivot}); raise lambda");
            }

            pivot = Math.Sqrt(pivot);
            a[(c * (long)n) + c] = pivot;
            for (var r = c + 1; r < end; r++)
            {
                var known = TensorPrimitives.Dot(Row(a, n, r, first, c), Row(a, n, c, first, c));
                a[(r * (long)n) + c] = (a[(r * (long)n) + c] - known) / pivot;
            }
        }
    }

    /// <summary>L's tiles on the diagonal ([tiles, 64, 64]); in the matrix they become zero.</summary>
    private static double[] TakeDiagonal(double[] a, int n)
    {
        var diagonal = new double[Tiles(n) * Tile * Tile];
        for (var r = 0; r < n; r++)
        {
            var first = r / Tile * Tile;
            var own = a.AsSpan(Offset(r, first, n), Math.Min(Tile, n - first));
            own[..(r - first + 1)].CopyTo(diagonal.AsSpan(r * Tile));
            own.Clear();
        }

        return diagonal;
    }

    /// <summary>The transposed inverse of L above the diagonal: row j is column j of the inverse (zero before j).</summary>
    private static void InvertTransposed(double[] a, double[] diagonal, int n, CancellationToken cancellationToken)
    {
        var tiles = Tiles(n);
        var options = new ParallelOptions { CancellationToken = cancellationToken };

        // Early block rows are the longest: give out the work one by one.
        Parallel.ForEach(System.Collections.Concurrent.Partitioner.Create(0, tiles, 1), options, range =>
        {
            var j = range.Item1;
            var first = j * Tile;
            var rowEnd = Math.Min(first + Tile, n);
            for (var i = j; i < tiles; i++)
            {
                var from = i * Tile;
                var to = Math.Min(from + Tile, n);
                if (i > j)
                {
                    Products(a, first, rowEnd, a, from, to, n, first, from, (r, c, dot) => a[(r * (long)n) + c] = -dot);
                }

                for (var r = first; r < rowEnd; r++)
                {
                    Solve(a.AsSpan(Offset(r, from, n), to - from), diagonal.AsSpan(from * Tile), r - from);
                }
            }
        });
    }

    /// <summary>Solves with a tile of L on the diagonal, in place; the right side has a 1 at <paramref name="one"/> where that lies in the tile.</summary>
    private static void Solve(Span<double> w, ReadOnlySpan<double> l, int one)
    {
        for (var c = Math.Max(0, one); c < w.Length; c++)
        {
            var own = l.Slice(c * Tile, c + 1);
            var right = (c == one ? 1.0 : 0.0) + w[c];
            w[c] = (right - TensorPrimitives.Dot(w[..c], own[..c])) / own[c];
        }
    }

    /// <summary>P = W W' of rows that are zero before their own index, into the diagonal and what lies below it.</summary>
    private static void Multiply(double[] a, int n, CancellationToken cancellationToken)
    {
        var options = new ParallelOptions { CancellationToken = cancellationToken };
        Parallel.ForEach(System.Collections.Concurrent.Partitioner.Create(0, Tiles(n), 1), options, () => new double[Tile * Tile], (range, _, tile) =>
        {
            var first = range.Item1 * Tile;
            var end = Math.Min(first + Tile, n);
            for (var other = 0; other < first; other += Tile)
            {
                Products(a, first, end, a, other, other + Tile, n, first, n, (r, c, dot) => a[(r * (long)n) + c] = dot);
            }

            // The tile on the diagonal is read by all products of its row; it is replaced last.
            Products(a, first, end, a, first, end, n, first, n, (r, c, dot) => tile[((r - first) * Tile) + c - first] = dot);
            for (var r = first; r < end; r++)
            {
                tile.AsSpan((r - first) * Tile, end - first).CopyTo(a.AsSpan(Offset(r, first, n)));
            }

            return tile;
        }, _ => { });
    }

    /// <summary>Copies what lies below the diagonal above it, tile by tile for the sake of the caches.</summary>
    private static void Mirror(double[] a, int n, CancellationToken cancellationToken)
    {
        var tiles = Tiles(n);
        Parallel.For(0, tiles, new ParallelOptions { CancellationToken = cancellationToken }, i =>
        {
            for (var column = 0; column <= i; column++)
            {
                for (var r = i * Tile; r < Math.Min((i + 1) * Tile, n); r++)
                {
                    for (var c = column * Tile; c < Math.Min((column + 1) * Tile, r); c++)
                    {
                        a[(c * (long)n) + r] = a[(r * (long)n) + c];
                    }
                }
            }
        });
    }

    /// <summary>Dot products of rows of x with rows of y over columns [from, to), four by four.</summary>
    private static void Products(
        double[] x, int xFrom, int xTo, double[] y, int yFrom, int yTo, int n, int from, int to, Action<int, int, double> store)
    {
        Span<double> four = stackalloc double[16];
        var r = xFrom;
        for (; r + 4 <= xTo; r += 4)
        {
            var c = yFrom;
            for (; c + 4 <= yTo; c += 4)
            {
                FourByFour(x, r, y, c, n, from, to, four);
                for (var k = 0; k < 16; k++)
                {
                    store(r + (k >> 2), c + (k & 3), four[k]);
                }
            }

            Rest(x, r, r + 4, y, c, yTo, n, from, to, store);
        }

        Rest(x, r, xTo, y, yFrom, yTo, n, from, to, store);
    }

    private static void Rest(
        double[] x, int xFrom, int xTo, double[] y, int yFrom, int yTo, int n, int from, int to, Action<int, int, double> store)
    {
        for (var r = xFrom; r < xTo; r++)
        {
            for (var c = yFrom; c < yTo; c++)
            {
                store(r, c, TensorPrimitives.Dot(Row(x, n, r, from, to), Row(y, n, c, from, to)));
            }
        }
    }

    private static void FourByFour(double[] x, int r, double[] y, int c, int n, int from, int to, Span<double> answer)
    {
        ReadOnlySpan<double> x0 = Row(x, n, r, from, to), x1 = Row(x, n, r + 1, from, to),
            x2 = Row(x, n, r + 2, from, to), x3 = Row(x, n, r + 3, from, to);
        for (var k = 0; k < 4; k++)
        {
            var sums = Column(x0, x1, x2, x3, Row(y, n, c + k, from, to));
            answer[k] = sums.A;
            answer[4 + k] = sums.B;
            answer[8 + k] = sums.C;
            answer[12 + k] = sums.D;
        }
    }

    private static (double A, double B, double C, double D) Column(
        ReadOnlySpan<double> x0, ReadOnlySpan<double> x1, ReadOnlySpan<double> x2, ReadOnlySpan<double> x3, ReadOnlySpan<double> y)
    {
        Vector256<double> a = default, b = default, c = default, d = default;
        var k = 0;
        for (; k + 4 <= y.Length; k += 4)
        {
            var v = Vector256.Create(y.Slice(k, 4));
            a = Vector256.FusedMultiplyAdd(v, Vector256.Create(x0.Slice(k, 4)), a);
            b = Vector256.FusedMultiplyAdd(v, Vector256.Create(x1.Slice(k, 4)), b);
            c = Vector256.FusedMultiplyAdd(v, Vector256.Create(x2.Slice(k, 4)), c);
            d = Vector256.FusedMultiplyAdd(v, Vector256.Create(x3.Slice(k, 4)), d);
        }

        double ra = Vector256.Sum(a), rb = Vector256.Sum(b), rc = Vector256.Sum(c), rd = Vector256.Sum(d);
        for (; k < y.Length; k++)
        {
            ra += y[k] * x0[k];
            rb += y[k] * x1[k];
            rc += y[k] * x2[k];
            rd += y[k] * x3[k];
        }

        return (ra, rb, rc, rd);
    }

    private static ReadOnlySpan<double> Row(double[] matrix, int n, int row, int from, int to) =>
        new(matrix, Offset(row, from, n), to - from);

    private static int Offset(int row, int column, int n) => checked((int)(((long)row * n) + column));
}
