namespace MlKit.Recommendation.Retrieval;

/// <summary>Finds the largest of many scores with a heap of the wanted size; equal scores prefer the lower index.</summary>
public sealed class TopItems
{
    private int[] _heap = [];
    private int _count;

    /// <summary>Positions of the <paramref name="count"/> largest scores, largest first; valid until the next call.</summary>
    /// <param name="scores">Finite scores.</param>
    /// <param name="count">How many are wanted; fewer come back where there are fewer scores.</param>
    public ReadOnlySpan<int> Select(ReadOnlySpan<float> scores, int count)
    {
        count = Math.Min(count, scores.Length);
        if (_heap.Length < count)
        {
            _heap = new int[count];
        }

        _count = 0;
        for (var i = 0; i < count; i++)
        {
            Push(scores, i);
        }

        if (count > 0)
        {
            Scan(scores, count);
        }

        for (var end = count - 1; end > 0; end--)
        {
            (_heap[0], _heap[end]) = (_heap[end], _heap[0]);
            _count = end;
            SiftDown(scores, 0);
        }

        return _heap.AsSpan(0, count);
    }

    /// <summary>Whole vectors below the smallest kept score are passed over at once: nearly all are.</summary>
    private void Scan(ReadOnlySpan<float> scores, int from)
    {
        var i = from;
        var width = System.Numerics.Vector<float>.Count;
        for (; i + width <= scores.Length; i += width)
        {
            var limit = new System.Numerics.Vector<float>(scores[_heap[0]]);
            if (System.Numerics.Vector.GreaterThanAny(new System.Numerics.Vector<float>(scores[i..]), limit))
            {
                for (var k = i; k < i + width; k++)
                {
                    Replace(scores, k);
                }
            }
        }

        for (; i < scores.Length; i++)
        {
            Replace(scores, i);
        }
    }

    private void Replace(ReadOnlySpan<float> scores, int i)
    {
        // A later index never replaces an equal score.
        if (scores[i] > scores[_heap[0]])
        {
            _heap[0] = i;
            SiftDown(scores, 0);
        }
    }

    /// <summary>Whether a belongs nearer to the root: it is the worse one.</summary>
    private static bool Worse(ReadOnlySpan<float> scores, int a, int b) => scores[a] < scores[b] || (scores[a] == scores[b] && a > b);

    private void Push(ReadOnlySpan<float> scores, int item)
    {
        var at = _count++;
        while (at > 0 && Worse(scores, item, _heap[(at - 1) / 2]))
        {
            _heap[at] = _heap[(at - 1) / 2];
            at = (at - 1) / 2;
        }

        _heap[at] = item;
    }

    private void SiftDown(ReadOnlySpan<float> scores, int at)
    {
        var item = _heap[at];
        while ((2 * at) + 1 < _count)
        {
            var child = (2 * at) + 1;
            if (child + 1 < _count && Worse(scores, _heap[child + 1], _heap[child]))
            {
                child++;
            }

            if (!Worse(scores, _heap[child], item))
            {
                break;
            }

            _heap[at] = _heap[child];
            at = child;
        }

        _heap[at] = item;
    }
}
