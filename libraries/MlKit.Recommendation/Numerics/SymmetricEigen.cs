namespace MlKit.Recommendation.Numerics;

/// <summary>Eigenvectors of a small symmetric matrix by cyclic Jacobi rotations.</summary>
internal static class SymmetricEigen
{
    private const int MostSweeps = 30;

    /// <summary>Columns of the answer ([d, d] row-major) are orthonormal eigenvectors.</summary>
    public static double[] Vectors(ReadOnlySpan<float> symmetric, int d)
    {
        var a = new double[d * d];
        for (var i = 0; i < a.Length; i++)
        {
            a[i] = symmetric[i];
        }

        var q = new double[d * d];
        for (var i = 0; i < d; i++)
        {
            q[(i * d) + i] = 1;
        }

        for (var sweep = 0; sweep < MostSweeps && OffDiagonal(a, d) > 1e-20; sweep++)
        {
            for (var i = 0; i < d; i++)
            {
                for (var j = i + 1; j < d; j++)
                {
                    Rotate(a, q, d, i, j);
                }
            }
        }

        return q;
    }

    /// <summary>Share of the squares that is not on the diagonal.</summary>
    private static double OffDiagonal(double[] a, int d)
    {
        double off = 0, all = 1e-300;
        for (var i = 0; i < a.Length; i++)
        {
            all += a[i] * a[i];
            off += i / d == i % d ? 0 : a[i] * a[i];
        }

        return off / all;
    }

    private static void Rotate(double[] a, double[] q, int d, int i, int j)
    {
        var off = a[(i * d) + j];
        if (off == 0)
        {
            return;
        }

        var theta = (a[(j * d) + j] - a[(i * d) + i]) / (2 * off);
        var t = (theta >= 0 ? 1 : -1) / (Math.Abs(theta) + Math.Sqrt((theta * theta) + 1));
        var c = 1 / Math.Sqrt((t * t) + 1);
        var s = t * c;
        for (var k = 0; k < d; k++)
        {
            (a[(k * d) + i], a[(k * d) + j]) = Turn(a[(k * d) + i], a[(k * d) + j], c, s);
            (q[(k * d) + i], q[(k * d) + j]) = Turn(q[(k * d) + i], q[(k * d) + j], c, s);
        }

        for (var k = 0; k < d; k++)
        {
            (a[(i * d) + k], a[(j * d) + k]) = Turn(a[(i * d) + k], a[(j * d) + k], c, s);
        }
    }

    private static (double X, double Y) Turn(double x, double y, double c, double s) => ((c * x) - (s * y), (s * x) + (c * y));
}
