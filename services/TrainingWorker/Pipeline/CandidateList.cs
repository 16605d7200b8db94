using MlKit.Features;
using MlKit.Recommendation.Evaluation;
using MlKit.Recommendation.Retrieval;

namespace MlKit.TrainingWorker.Pipeline;

/// <summary>The candidates of one case by the retrieval model: what the ranking model orders.</summary>
/// <param name="Items">Index into the data set of each candidate, best first.</param>
/// <param name="Candidates">What the row builder reads.</param>
internal sealed record CandidateList(int[] Items, Candidate[] Candidates)
{
    /// <summary>The union of the retrieval models' candidates among the items that compete, as the ONNX model chooses it.</summary>
    public static CandidateList Of(RetrievalModel model, RetrievalScores scores, bool[] competes, int count, CandidateUnion union)
    {
        var best = union.Select(model, scores, competes, count);
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
            () => (Scores: model.NewScores(), Union: new CandidateUnion()), (at, _, local) =>
            {
                model.Score(cases[at].History, local.Scores);
                lists[at] = Of(model, local.Scores, evaluator.Candidates(cases[at]), count, local.Union);
                return local;
            }, _ => { });
        return lists;
    }
}
