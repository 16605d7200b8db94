using MlKit.Recommendation.Numerics;

namespace MlKit.Recommendation.Retrieval;

/// <summary>
/// Item vectors of a factorisation. A user, also a new or changed one, is folded in by one solve; items stay as they are.
/// </summary>
public sealed class FactorModel
{
    private readonly float[] _gram;

    internal FactorModel(float[] items, int count, FactorOptions options)
    {
        Items = items;
        Count = count;
        Options = options;
        _gram = Gram(items, count, options.Dimensions);
    }

    /// <summary>Item vectors, [Count, Dimensions] row-major.</summary>
    public float[] Items { get; }

    /// <summary>Number of items.</summary>
    public int Count { get; }

    /// <summary>The parameters that it was trained with.</summary>
    public FactorOptions Options { get; }

    /// <summary>Sum of the outer products of all item vectors, [Dimensions, Dimensions], both triangles.</summary>
    internal ReadOnlySpan<float> GramMatrix => _gram;

    /// <summary>
    /// The same model in the basis in which the sum of outer products is diagonal: all dot products stay, and iterative
    /// solvers (the ONNX export has one) converge in few steps.
    /// </summary>
    internal FactorModel Rotated()
    {
        var d = Options.Dimensions;
        var basis = SymmetricEigen.Vectors(_gram, d);
        var turned = new float[Items.Length];
        Parallel.For(0, Count, item =>
        {
            for (var column = 0; column < d; column++)
            {
                var sum = 0.0;
                for (var k = 0; k < d; k++)
                {
                    sum += Items[(item * d) + k] * basis[(k * d) + column];
                }

                turned[(item * d) + column] = (float)sum;
            }
        });
        return new FactorModel(turned, Count, Options);
    }

    /// <summary>The vector of a user with the given items (model indexes, each once).</summary>
    public float[] FoldIn(ReadOnlySpan<int> items)
    {
        var vector = new float[Options.Dimensions];
        new FactorSolver(Items, Count, _gram, Options).Solve(items, vector);
        return vector;
    }

    /// <summary>Scores of all items for a user's vector.</summary>
    public void Score(ReadOnlySpan<float> user, Span<float> scores) => Score(Items, user, scores);

    internal static void Score(float[] items, ReadOnlySpan<float> user, Span<float> scores)
    {
        for (var item = 0; item < scores.Length; item++)
        {
            scores[item] = NormalMatrix.Dot(items.AsSpan(item * user.Length), user, user.Length);
        }
    }

    internal static float[] Gram(float[] rows, int count, int d)
    {
        var gram = new float[d * d];
        NormalMatrix.AddOuterProducts(rows, count, d, gram);
        for (var i = 0; i < d; i++)
        {
            for (var j = i + 1; j < d; j++)
            {
                gram[(i * d) + j] = gram[(j * d) + i];
            }
        }

        return gram;
    }
}
