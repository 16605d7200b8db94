namespace MlKit.Recommendation.Retrieval;

/// <summary>What each item of a history adds to the score of every item: a matrix that is read row by row.</summary>
public abstract class ItemRows
{
    /// <summary>Adds <paramref name="weight"/> times the row of an item to the scores.</summary>
    /// <param name="item">Model index.</param>
    /// <param name="weight">Weight of the item in the history.</param>
    /// <param name="scores">One entry per item of the model.</param>
    public abstract void AddTo(int item, float weight, Span<float> scores);
}
