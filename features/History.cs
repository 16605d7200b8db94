namespace MlKit.Features;

/// <summary>Turns <c>user_activity:seen_items</c> into the inputs of the retrieval model.</summary>
public static class History
{
    /// <summary>Number of newer items after which the weight of a history item is one half.</summary>
    public const double HalfLife = 50;

    /// <summary>
    /// Weights of a history that is ordered newest first (as <c>seen_items</c> is): 1 for the newest item, halved per
    /// <see cref="HalfLife"/> items. Send the whole history, not only the newest items: the model leaves out what it is
    /// sent. The model applies half-lives of its own on top of these standard weights.
    /// </summary>
    /// <param name="count">Number of items.</param>
    public static float[] Weights(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var weights = new float[count];
        for (var age = 0; age < count; age++)
        {
            weights[age] = (float)Math.Pow(0.5, age / HalfLife);
        }

        return weights;
    }
}
