namespace MlKit.Recommendation.Retrieval;

/// <summary>
/// Chooses candidates: the union of the best of the blend and of some parts alone, see
/// <see cref="RetrievalOptions.CandidateSources"/>. Where the union is larger than what is wanted the blend decides, and
/// where it is smaller the blend fills it up. The ONNX model does the same. An instance serves one thread.
/// </summary>
public sealed class CandidateUnion
{
    /// <summary>What a member of the union is lifted by: more than any blend of z-scores, and little enough to keep their order.</summary>
    internal const float Lift = 10_000;

    private readonly TopItems _top = new();
    private float[] _scores = [];

    /// <summary>Model indexes of the candidates, best first by the blend; equal scores prefer members of the union, then the lower index.</summary>
    /// <param name="model">The model that scored.</param>
    /// <param name="scores">Its scores.</param>
    /// <param name="may">By model index: whether the item may be a candidate.</param>
    /// <param name="count">How many are wanted at most.</param>
    public int[] Select(RetrievalModel model, RetrievalScores scores, bool[] may, int count)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentNullException.ThrowIfNull(may);
        if (_scores.Length != may.Length)
        {
            _scores = new float[may.Length];
        }

        var possible = may.Count(one => one);
        var member = Members(model, scores, may, possible);
        for (var i = 0; i < may.Length; i++)
        {
            _scores[i] = !may[i] ? float.MinValue : member[i] ? scores.Total[i] + Lift : scores.Total[i];
        }

        int[] chosen = [.. _top.Select(_scores, Math.Min(count, possible))];
        return [.. chosen.OrderByDescending(i => scores.Total[i])];
    }

    private bool[] Members(RetrievalModel model, RetrievalScores scores, bool[] may, int possible)
    {
        var member = new bool[may.Length];
        if (!scores.AnyKnown)
        {
            return member;
        }

        Mark(scores.Total, model.Options.BlendCandidates);
        for (var c = 0; c < model.Components.Count; c++)
        {
            if (model.Options.CandidateSources.TryGetValue(model.Components[c].Name, out var count))
            {
                Mark(scores.Components[c], count);
            }
        }

        return member;

        void Mark(float[] own, int count)
        {
            for (var i = 0; i < may.Length; i++)
            {
                _scores[i] = may[i] ? own[i] : float.MinValue;
            }

            foreach (var item in _top.Select(_scores, Math.Min(count, possible)))
            {
                member[item] = true;
            }
        }
    }
}
