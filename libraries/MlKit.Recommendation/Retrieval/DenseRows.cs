using System.Numerics.Tensors;

namespace MlKit.Recommendation.Retrieval;

/// <summary>A full matrix over the items with most users; the others neither add nor get anything.</summary>
public sealed class DenseRows : ItemRows
{
    internal DenseRows(float[] values, int size)
    {
        Values = values;
        Size = size;
    }

    /// <summary>The values, [Size, Size] row-major.</summary>
    public float[] Values { get; }

    /// <summary>Number of items that it covers: those with model index below it.</summary>
    public int Size { get; }

    /// <inheritdoc/>
    public override void AddTo(int item, float weight, Span<float> scores)
    {
        if (item < Size)
        {
            var row = Values.AsSpan(checked((int)((long)item * Size)), Size);
            TensorPrimitives.MultiplyAdd(row, weight, scores[..Size], scores[..Size]);
        }
    }
}
