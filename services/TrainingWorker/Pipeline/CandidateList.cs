using MlKit.Features;
using MlKit.Recommendation.Data;
using MlKit.Recommendation.Retrieval;

namespace MlKit.TrainingWorker.Pipeline;

/// <summary>The best unseen items of one user by the retrieval model.</summary>
internal sealed class CandidateList
{
    private CandidateList(int[] items, Candidate[] candidates)
    {
        Items = items;
        Candidates = candidates;
    }

    /// <summary>Index into the data set of each candidate, best first.</summary>
    public int[] Items { get; }

    /// <summary>What the row builder reads.</summary>
    public Candidate[] Candidates { get; }

    /// <summary>Equal scores prefer the lower index, as the ONNX model does.</summary>
    public static CandidateList Of(RetrievalModel model, ReadOnlySpan<Interaction> history, int count)
    {
        var scores = model.Score(history);
        var seen = Seen(model, history);
        var queue = new PriorityQueue<int, (float Score, int Index)>(count + 1);
        for (var i = 0; i < scores.Total.Length; i++)
        {
            if (!seen[i])
            {
                var key = (scores.Total[i], -i);
                if (queue.Count < count)
                {
                    queue.Enqueue(i, key);
                }
                else
                {
                    queue.EnqueueDequeue(i, key);
                }
            }
        }

        var best = new int[queue.Count];
        for (var place = best.Length - 1; place >= 0; place--)
        {
            best[place] = queue.Dequeue();
        }

        var ids = model.ItemIds;
        return new CandidateList(
            Array.ConvertAll(best, i => model.Items.DataIndex[i]),
            Array.ConvertAll(best, i => new Candidate(ids[i], scores.Total[i], scores.Ease[i], scores.Transitions[i])));
    }

    public static bool[] Seen(RetrievalModel model, ReadOnlySpan<Interaction> history)
    {
        var seen = new bool[model.Items.Count];
        foreach (var one in history)
        {
            if (model.Items.ModelIndex(one.Item) is var index and >= 0)
            {
                seen[index] = true;
            }
        }

        return seen;
    }
}
