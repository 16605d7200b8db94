using System.Numerics.Tensors;
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
        var baskets = Baskets(histories, items);
        return baskets.Length < items.Count
            ? TrainByUsers(baskets, items.Count, lambda, cancellationToken)
            : TrainByItems(baskets, items.Count, lambda, cancellationToken);
    }

    /// <summary>The inverse of the n x n matrix itself.</summary>
    internal static float[] TrainByItems(int[][] baskets, int n, double lambda, CancellationToken cancellationToken)
    {
        var matrix = CountPairs(baskets, n);
        AddToDiagonal(matrix, n, lambda);
        SymmetricInverse.Invert(matrix, n, cancellationToken);
        return Weights(n, (i, row) => matrix.AsSpan(Offset(i, n), n).CopyTo(row), i => matrix[Offset(i, n) + i]);
    }

    /// <summary>
    /// The same by Woodbury's identity, where users are fewer than items: P = (I - X' K X) / lambda with
    /// K = (X X' + lambda I)^-1, so that only a users x users matrix is inverted.
    /// </summary>
    internal static float[] TrainByUsers(int[][] baskets, int n, double lambda, CancellationToken cancellationToken)
    {
        var users = baskets.Length;
        var usersOf = Transpose(baskets, n);
        var kernel = CountPairs(usersOf, users);
        AddToDiagonal(kernel, users, lambda);
        SymmetricInverse.Invert(kernel, users, cancellationToken);

        // Row u of K X: what user u adds to every item.
        var spread = new double[(long)users * n];
        Parallel.For(0, users, u =>
        {
            for (var i = 0; i < n; i++)
            {
                var sum = 0.0;
                foreach (var v in usersOf[i])
                {
                    sum += kernel[Offset(u, users) + v];
                }

                spread[Offset(u, n) + i] = sum;
            }
        });

        void FillRow(int i, Span<double> row)
        {
            row.Clear();
            foreach (var u in usersOf[i])
            {
                TensorPrimitives.Subtract(row, spread.AsSpan(Offset(u, n), n), row);
            }

            row[i] += 1;
        }

        return Weights(n, FillRow, i => 1 - usersOf[i].Sum(u => spread[Offset(u, n) + i]));
    }

    /// <summary>Known items of each user that has any.</summary>
    internal static int[][] Baskets(UserHistories histories, ItemVocabulary items)
    {
        var baskets = new List<int[]>(histories.Count);
        for (var user = 0; user < histories.Count; user++)
        {
            var known = Known(histories[user], items);
            if (known.Length > 0)
            {
                baskets.Add(known);
            }
        }

        return [.. baskets];
    }

    private delegate void RowFiller(int row, Span<double> values);

    /// <summary>B from rows of P (or of any multiple of it) and their diagonal.</summary>
    private static float[] Weights(int n, RowFiller fill, Func<int, double> diagonal)
    {
        var scale = new double[n];
        for (var j = 0; j < n; j++)
        {
            scale[j] = -1 / diagonal(j);
        }

        var weights = new float[(long)n * n];
        Parallel.For(0, n, () => new double[n], (i, _, row) =>
        {
            fill(i, row);
            var own = weights.AsSpan(Offset(i, n), n);
            for (var j = 0; j < n; j++)
            {
                own[j] = i == j ? 0 : (float)(row[j] * scale[j]);
            }

            return row;
        }, _ => { });
        return weights;
    }

    private static int[][] Transpose(int[][] lists, int n)
    {
        var transposed = new List<int>[n];
        for (var at = 0; at < lists.Length; at++)
        {
            foreach (var entry in lists[at])
            {
                (transposed[entry] ??= []).Add(at);
            }
        }

        return Array.ConvertAll(transposed, list => list?.ToArray() ?? []);
    }

    private static void AddToDiagonal(double[] matrix, int n, double value)
    {
        for (var i = 0; i < n; i++)
        {
            matrix[Offset(i, n) + i] += value;
        }
    }

    private static int Offset(int row, int n) => checked((int)((long)row * n));

    /// <summary>How many lists hold both of two entries; whole numbers, so every order of adding is exact.</summary>
    private static double[] CountPairs(int[][] lists, int n)
    {
        var counts = new double[(long)n * n];

        // Each worker owns the rows whose number has its remainder: no locks, no second copy of the matrix.
        var workers = Math.Clamp(Environment.ProcessorCount, 1, 16);
        Parallel.For(0, workers, worker =>
        {
            foreach (var list in lists)
            {
                foreach (var i in list)
                {
                    if (i % workers == worker)
                    {
                        var row = counts.AsSpan(Offset(i, n), n);
                        foreach (var j in list)
                        {
                            row[j]++;
                        }
                    }
                }
            }
        });
        return counts;
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
