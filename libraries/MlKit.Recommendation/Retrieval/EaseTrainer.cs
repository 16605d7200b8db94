using MlKit.Recommendation.Data;

namespace MlKit.Recommendation.Retrieval;

/// <summary>
/// EASE (Steck, "Embarrassingly Shallow Autoencoders for Sparse Data", WWW 2019): with G = X'X + lambda I and
/// P = G^-1 the weights are B_ij = -P_ij / P_jj, B_jj = 0. Row i holds what item i in a history adds to every item.
/// </summary>
internal static class EaseTrainer
{
    /// <summary>The n x n weights, row-major.</summary>
    public static float[] Train(UserHistories histories, ItemVocabulary items, double lambda, CancellationToken cancellationToken)
    {
        var n = items.Count;
        var matrix = Gram(histories, items);
        for (var i = 0; i < n; i++)
        {
            matrix[(i * (long)n) + i] += lambda;
        }

        SymmetricInverse.Invert(matrix, n, cancellationToken);
        var weights = new float[(long)n * n];
        Parallel.For(0, n, i =>
        {
            for (var j = 0; j < n; j++)
            {
                weights[(i * (long)n) + j] = i == j ? 0 : (float)(-matrix[(i * (long)n) + j] / matrix[(j * (long)n) + j]);
            }
        });
        return weights;
    }

    /// <summary>Numbers of users that two items share; counts are whole numbers, so every order of adding is exact.</summary>
    private static double[] Gram(UserHistories histories, ItemVocabulary items)
    {
        var n = items.Count;
        var gram = new double[(long)n * n];
        var baskets = new int[histories.Count][];
        for (var user = 0; user < baskets.Length; user++)
        {
            baskets[user] = Known(histories[user], items);
        }

        // Each worker owns the rows whose number has its remainder: no locks, no second copy of the matrix.
        var workers = Math.Clamp(Environment.ProcessorCount, 1, 16);
        Parallel.For(0, workers, worker =>
        {
            foreach (var basket in baskets)
            {
                foreach (var i in basket)
                {
                    if (i % workers == worker)
                    {
                        var row = gram.AsSpan(checked((int)((long)i * n)), n);
                        foreach (var j in basket)
                        {
                            row[j]++;
                        }
                    }
                }
            }
        });
        return gram;
    }

    private static int[] Known(ReadOnlySpan<Interaction> events, ItemVocabulary items)
    {
        var known = new List<int>(events.Length);
        foreach (var one in events)
        {
            if (items.ModelIndex(one.Item) is var index and >= 0)
            {
                known.Add(index);
            }
        }

        return [.. known];
    }
}
