namespace MlKit.Recommendation.Retrieval;

/// <summary>What a retrieval model says of every item it knows; a buffer that can be used for many users.</summary>
public sealed class RetrievalScores
{
    internal RetrievalScores(int components, int items)
    {
        Total = new float[items];
        Components = new float[components][];
        for (var c = 0; c < components; c++)
        {
            Components[c] = new float[items];
        }
    }

    /// <summary>The score that orders candidates; larger is better. Seen items are not masked here.</summary>
    public float[] Total { get; }

    /// <summary>Whether the history held an item that the model knows; otherwise <see cref="Total"/> is popularity.</summary>
    public bool AnyKnown { get; internal set; }

    /// <summary>z-scores of each part, [components][items].</summary>
    public float[][] Components { get; }
}
