using System.Numerics.Tensors;
using MlKit.Recommendation.Numerics;

namespace MlKit.Recommendation.Retrieval;

/// <summary>
/// EASE (Steck, "Embarrassingly Shallow Autoencoders for Sparse Data", WWW 2019): with G = X'X + lambda I and
/// P = G^-1 the weights are B_ij = -P_ij / P_jj, B_jj = 0. Row i holds what item i in a history adds to every item.
/// </summary>
internal static class EaseTrainer
{
    /// <summary>The weights among the <paramref name="size"/> items with most users.</summary>
    public static DenseRows Train(Sequences data, int size, double lambda, CancellationToken cancellationToken) =>
        data.UserCount < size
            ? TrainByUsers(data, size, lambda, cancellationToken)
            : TrainByItems(data, size, lambda, cancellationToken);

    /// <summary>The inverse of the n x n matrix itself.</summary>
    internal static DenseRows TrainByItems(Sequences data, int n, double lambda, CancellationToken cancellationToken)
    {
        var matrix = new double[(long)n * n];
        CoOccurrence.ForEachRow(data, n, () => 0, (item, counts, _) =>
        {
            var row = matrix.AsSpan(Offset(item, n), n);
            TensorPrimitives.ConvertChecked<int, double>(counts, row);
            row[item] += lambda;
        }, cancellationToken);
        SymmetricInverse.Invert(matrix, n, cancellationToken);
        return Weights(n, (i, row) => matrix.AsSpan(Offset(i, n), n).CopyTo(row), i => matrix[Offset(i, n) + i]);
    }

    /// <summary>
    /// The same by Woodbury's identity, where users are fewer than items: P = (I - X' K X) / lambda with
    /// K = (X X' + lambda I)^-1, so that only a users x users matrix is inverted.
    /// </summary>
    internal static DenseRows TrainByUsers(Sequences data, int n, double lambda, CancellationToken cancellationToken)
    {
        var users = data.UserCount;
        var usersOf = new int[n][];
        for (var i = 0; i < n; i++)
        {
            usersOf[i] = [.. data.PlacesOf(i).ToArray().Select(place => data.UserOf[place])];
        }

        var kernel = UserKernel(usersOf, users, lambda);
        SymmetricInverse.Invert(kernel, users, cancellationToken);

        // Row u of K X: what user u adds to every item.
        var spread = new double[(long)users * n];
        Parallel.For(0, users, u =>
        {
            var own = kernel.AsSpan(Offset(u, users), users);
            for (var i = 0; i < n; i++)
            {
                var sum = 0.0;
                foreach (var v in usersOf[i])
                {
                    sum += own[v];
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

    private delegate void RowFiller(int row, Span<double> values);

    /// <summary>B from rows of P (or of any multiple of it) and their diagonal.</summary>
    private static DenseRows Weights(int n, RowFiller fill, Func<int, double> diagonal)
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
            row[i] = 0;
            TensorPrimitives.Multiply(row, scale, row);
            TensorPrimitives.ConvertTruncating<double, float>(row, weights.AsSpan(Offset(i, n), n));
            return row;
        }, _ => { });
        return new DenseRows(weights, n);
    }

    /// <summary>How many items two users share; each item adds to the rows of its own users only, one thread per share of rows.</summary>
    private static double[] UserKernel(int[][] usersOf, int users, double lambda)
    {
        var counts = new double[(long)users * users];
        var workers = Math.Clamp(Environment.ProcessorCount, 1, 16);
        Parallel.For(0, workers, worker =>
        {
            foreach (var list in usersOf)
            {
                foreach (var u in list.Where(u => u % workers == worker))
                {
                    var row = counts.AsSpan(Offset(u, users), users);
                    foreach (var v in list)
                    {
                        row[v]++;
                    }
                }
            }
        });
        for (var u = 0; u < users; u++)
        {
            counts[Offset(u, users) + u] += lambda;
        }

        return counts;
    }

    private static int Offset(int row, int n) => checked((int)((long)row * n));
}
