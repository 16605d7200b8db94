using System.Numerics.Tensors;
using MlKit.Recommendation.Numerics;

namespace MlKit.Recommendation.Retrieval;

/// <summary>
/// Ridge regression from the recency-weighted history to the next item. With x_t the history before event t, each item
/// weighted d^age (d = 0.5^(1 / half-life)), and y_t the event itself, the least squares solution is
/// B = (X'X + lambda I)^-1 X'Y. Both products follow from counts of pairs by distance: pairs at distance k add d^k /
/// (1 - d^2) to X'X (the ends of sequences aside) and d^(k-1) to X'Y, so a pass over the events is all that is needed.
/// </summary>
internal static class NextItemTrainer
{
    /// <summary>Pairs further apart than this weigh next to nothing at the half-lives in use.</summary>
    private const int Window = 20;

    public static DenseRows Train(Sequences data, int size, double halfLife, double lambda, CancellationToken cancellationToken)
    {
        var decay = new float[Window + 1];
        for (var distance = 0; distance <= Window; distance++)
        {
            decay[distance] = (float)Math.Pow(0.5, distance / halfLife);
        }

        var weights = new float[(long)size * size];
        var inverse = InverseGram(data, size, decay, lambda, weights, cancellationToken);
        MatrixProduct.MultiplyInPlace(inverse, weights, size, cancellationToken);
        return new DenseRows(weights, size);
    }

    /// <summary>In single precision; the doubles are given up on return, so that they are not there with the product.</summary>
    private static float[] InverseGram(
        Sequences data, int size, float[] decay, double lambda, float[] targets, CancellationToken cancellationToken)
    {
        var gram = Gram(data, size, decay, lambda, targets, cancellationToken);
        SymmetricInverse.Invert(gram, size, cancellationToken);
        var inverse = new float[gram.Length];
        TensorPrimitives.ConvertTruncating<double, float>(gram, inverse);
        return inverse;
    }

    private static double[] Gram(
        Sequences data, int size, float[] decay, double lambda, float[] targets, CancellationToken cancellationToken)
    {
        var gram = new double[(long)size * size];
        var scale = 1 / (1 - ((double)decay[1] * decay[1]));
        Parallel.For(0, size, new ParallelOptions { CancellationToken = cancellationToken }, item =>
        {
            var both = gram.AsSpan(item * size, size);
            var next = targets.AsSpan(item * size, size);
            foreach (var place in data.PlacesOf(item))
            {
                AddPlace(data, place, decay, both, next);
            }

            TensorPrimitives.Multiply(both, scale, both);
            both[item] += lambda;
        });
        return gram;
    }

    private static void AddPlace(Sequences data, int place, float[] decay, Span<double> both, Span<float> next)
    {
        var user = data.UserOf[place];
        var from = Math.Max(data.Starts[user], place - Window);
        var to = Math.Min(data.Starts[user + 1] - 1, place + Window);
        for (var at = from; at <= to; at++)
        {
            var other = data.Items[at];
            if (other < both.Length)
            {
                both[other] += decay[Math.Abs(at - place)];
                if (at > place)
                {
                    next[other] += decay[at - place - 1];
                }
            }
        }
    }
}
