using MlKit.Recommendation.Ranking;
using MlKit.Recommendation.Search;

namespace MlKit.TrainingWorker.Pipeline;

/// <summary>
/// Trains ranking models of several shapes, looks at each after every ten trees on the tuning cases, and trains the best one
/// again with just the trees that helped. Every look is kept, so that a search that was stopped goes on from there.
/// </summary>
internal sealed class RankerSearch(RankingSet set, IReadOnlyList<RankedCase> tuning, int width, CancellationToken cancellationToken)
{
    private const int Step = 10;
    private const int RowsPerLeafShare = 500;

    /// <summary>The best model and how it was found.</summary>
    /// <param name="start">Usual parameters.</param>
    /// <param name="drawn">Points that are drawn from <see cref="RankerSpace"/> beside the usual ones.</param>
    /// <param name="checkpoint">Keeps the looks.</param>
    public RankerChoice Find(RankerOptions start, int drawn, Checkpoint checkpoint)
    {
        var usual = start with { RowsPerLeaf = Math.Clamp(set.Rows / RowsPerLeafShare, 1, start.RowsPerLeaf) };
        var points = RankerSpace.Points(usual, drawn);

        // A trainer keeps to one thread for the sake of equal sums; the shapes are what runs side by side.
        var curves = new List<CurvePoint>[points.Count];
        var trials = SuccessiveHalving.Run(points, usual.Trees, (number, budget) =>
        {
            var options = usual.With(points[number]) with { Trees = budget };
            curves[number] = checkpoint.Resume($"trial-{number}-{budget}", () => Curve(RankerTrainer.Train(set, options).Trees));
            return curves[number].Max(point => point.Ndcg);
        }, cancellationToken);
        var best = SuccessiveHalving.Best(trials);
        var curve = curves[best.Number];
        var chosen = usual.With(best.Values) with { Trees = curve.MaxBy(point => point.Ndcg)!.Trees };
        return new RankerChoice(RankerTrainer.Train(set, chosen), chosen, curve, trials);
    }

    /// <summary>NDCG@10 on the tuning cases as trees are added; one point at the end where there are no tuning cases.</summary>
    private List<CurvePoint> Curve(TreeEnsemble trees)
    {
        var sums = tuning.Select(one => new double[one.Items.Length]).ToArray();
        var curve = new List<CurvePoint>();
        for (var from = 0; from < trees.Trees.Count; from += Step)
        {
            var to = Math.Min(from + Step, trees.Trees.Count);
            var gains = new double[tuning.Count];
            Parallel.For(0, gains.Length, new ParallelOptions { CancellationToken = cancellationToken }, at =>
            {
                var own = sums[at];
                for (var i = 0; i < own.Length; i++)
                {
                    own[i] = trees.AddTrees(own[i], tuning[at].Rows.AsSpan(i * width, width), from, to);
                }

                gains[at] = Ranked.Metrics(tuning[at], Array.ConvertAll(own, sum => (float)sum)).Ndcg;
            });
            curve.Add(new CurvePoint(to, gains.Length == 0 ? to : gains.Average()));
        }

        return curve;
    }
}
