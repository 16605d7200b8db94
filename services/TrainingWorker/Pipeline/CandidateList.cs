using MlKit.Features;
using MlKit.Recommendation.Evaluation;
using MlKit.Recommendation.Retrieval;

namespace MlKit.TrainingWorker.Pipeline;

/// <summary>The candidates of one case by the retrieval model: what the ranking model orders.</summary>
/// <param name="Items">Index into the data set of each candidate, best first.</param>
/// <param name="Candidates">What the row builder reads.</param>
internal sealed record CandidateList(int[] Items, Candidate[] Candidates)
{
    /// <summary>The best of the items that compete; equal scores prefer the lower index, as the ONNX model does.</summary>
    public static CandidateList Of(RetrievalModel model, RetrievalScores scores, bool[] competes, int count, TopItems top)
    {
        for (var i = 0; i < competes.Length; i++)
        {
            scores.Total[i] = competes[i] ? scores.Total[i] : float.MinValue;
        }

        var possible = Math.Min(count, competes.Count(may => may));
        var best = top.Select(scores.Total, possible).ToArray();
        return new CandidateList(
            Array.ConvertAll(best, i => model.Items.DataIndex[i]),
            Array.ConvertAll(best, i => new Candidate(
                model.ItemIds[i], scores.Total[i], Array.ConvertAll(scores.Components, component => component[i]))));
    }

    /// <summary>The lists of many cases, in parallel.</summary>
    public static CandidateList[] Of(
        RetrievalModel model, Evaluator evaluator, IReadOnlyList<RankingCase> cases, int count, CancellationToken cancellationToken)
    {
        var lists = new CandidateList[cases.Count];
        Parallel.For(
            0, lists.Length, new ParallelOptions { CancellationToken = cancellationToken },
            () => (Scores: model.NewScores(), Top: new TopItems()), (at, _, local) =>
            {
                model.Score(cases[at].History, local.Scores);
                lists[at] = Of(model, local.Scores, evaluator.Candidates(cases[at]), count, local.Top);
                return local;
            }, _ => { });
        return lists;
    }
}
