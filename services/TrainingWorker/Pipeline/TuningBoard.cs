using MlKit.Recommendation.Evaluation;
using MlKit.Recommendation.Retrieval;

namespace MlKit.TrainingWorker.Pipeline;

/// <summary>
/// Judges parts and blends on the tuning cases. Scores of a part are computed once, as z-scores over all items, and kept
/// for the competing items only, so that trying a weight costs a sum and a comparison per item.
/// </summary>
internal sealed class TuningBoard
{
    /// <summary>Scores kept per part; with nine parts 430 MB at most.</summary>
    private const long MostScores = 12_000_000;

    private readonly RetrievalTrainer _trainer;
    private readonly RankingCase[] _cases;
    private readonly (int[] Items, int Positives)[] _lists;
    private readonly CancellationToken _cancellationToken;

    public TuningBoard(TuningCut cut, RetrievalTrainer trainer, Evaluator evaluator, CancellationToken cancellationToken)
    {
        _trainer = trainer;
        _cancellationToken = cancellationToken;
        var known = cut.Tuning.Where(one => one.Positives.Any(item => item >= 0 && trainer.Items.ModelIndex(item) >= 0)).ToArray();
        var perCase = known.Length == 0 ? 1 : known[0].Candidates?.Length ?? trainer.Items.Count;
        var step = Math.Max(1, (int)Math.Ceiling(known.Length * (double)perCase / MostScores));
        _cases = [.. known.Where((_, at) => at % step == 0)];
        _lists = Array.ConvertAll(_cases, one => List(one, evaluator));
        Missed = cut.Tuning.Count == 0 ? 0 : 1 - (known.Length / (double)cut.Tuning.Count);
    }

    /// <summary>Number of cases that are looked at.</summary>
    public int Cases => _cases.Length;

    /// <summary>Share of the tuning cases whose item no model can know yet.</summary>
    public double Missed { get; }

    /// <summary>z-scores of a part by case, the positives first.</summary>
    public float[][] Scores(HistoryScorer scorer)
    {
        var scores = new float[_cases.Length][];
        var options = new ParallelOptions { CancellationToken = _cancellationToken };
        Parallel.For(0, scores.Length, options, () => new float[_trainer.Items.Count], (at, _, all) =>
        {
            RetrievalModel.ScoreAlone(_trainer.Items, scorer, _cases[at].History, all);
            scores[at] = Array.ConvertAll(_lists[at].Items, item => all[item]);
            return all;
        }, _ => { });
        return scores;
    }

    /// <summary>
    /// Mean over cases of the gain at cut-offs 10 and 100 (with several positives: NDCG@10). The deeper cut-off keeps the
    /// choice from hanging on a handful of users.
    /// </summary>
    public double Quality(float[][] totals)
    {
        var gains = new double[_cases.Length];
        Parallel.For(0, gains.Length, new ParallelOptions { CancellationToken = _cancellationToken }, at =>
        {
            var ranks = new int[_lists[at].Positives];
            for (var p = 0; p < ranks.Length; p++)
            {
                ranks[p] = RankingMetrics.Rank(totals[at], p);
            }

            gains[at] = ranks.Length == 1
                ? (RankingMetrics.Gain(ranks[0], 10) + RankingMetrics.Gain(ranks[0], 100)) / 2
                : UserMetrics.Of(0, ranks).Ndcg;
        });
        return gains.Length == 0 ? 0 : gains.Average();
    }

    private (int[] Items, int Positives) List(RankingCase one, Evaluator evaluator)
    {
        var may = evaluator.Candidates(one);
        int[] positives = [.. one.Positives.Select(item => item < 0 ? -1 : _trainer.Items.ModelIndex(item)).Where(index => index >= 0)];
        foreach (var index in positives)
        {
            may[index] = false;
        }

        return ([.. positives, .. Enumerable.Range(0, may.Length).Where(index => may[index])], positives.Length);
    }
}
