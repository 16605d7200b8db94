using MlKit.Recommendation.Ranking;

namespace MlKit.TrainingWorker.Pipeline;

/// <summary>
/// Trains ranking models of a few shapes, looks at each after every ten trees on the tuning cases, and trains the best
/// one again with just the trees that helped.
/// </summary>
internal sealed class RankerSearch(RankingSet set, IReadOnlyList<RankedCase> tuning, int width, CancellationToken cancellationToken)
{
    private const int Step = 10;
    private const int RowsPerLeafShare = 500;
    private static readonly int[] LeafCounts = [15, 31];

    /// <summary>The best model, its options and its learning curve.</summary>
    public (RankerModel Model, RankerOptions Options, IReadOnlyList<(int Trees, double Ndcg)> Curve) Find(RankerOptions start, Checkpoint checkpoint)
    {
        if (checkpoint.Read<Choice>(nameof(Choice)) is { } kept)
        {
            return (RankerTrainer.Train(set, kept.Options), kept.Options, kept.Curve);
        }

        var options = start with { RowsPerLeaf = Math.Clamp(set.Rows / RowsPerLeafShare, 1, start.RowsPerLeaf) };
        var tried = new (RankerModel Model, RankerOptions Options, List<(int Trees, double Ndcg)> Curve)[LeafCounts.Length];

        // A trainer keeps to one thread for the sake of equal sums; the shapes are what runs side by side.
        Parallel.For(0, tried.Length, new ParallelOptions { CancellationToken = cancellationToken }, at =>
        {
            var own = options with { Leaves = LeafCounts[at] };
            var model = RankerTrainer.Train(set, own);
            tried[at] = (model, own, Curve(model.Trees));
        });
        var best = tried.MaxBy(one => one.Curve.Max(point => point.Ndcg));
        var top = best.Curve.MaxBy(point => point.Ndcg);
        var chosen = best.Options with { Trees = top.Trees };
        checkpoint.Write(nameof(Choice), new Choice(chosen, best.Curve));
        return (top.Trees == best.Options.Trees ? best.Model : RankerTrainer.Train(set, chosen), chosen, best.Curve);
    }

    /// <summary>NDCG@10 on the tuning cases as trees are added; one point at the end where there are no tuning cases.</summary>
    private List<(int Trees, double Ndcg)> Curve(TreeEnsemble trees)
    {
        var sums = tuning.Select(one => new double[one.Items.Length]).ToArray();
        var curve = new List<(int Trees, double Ndcg)>();
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
            curve.Add((to, gains.Length == 0 ? to : gains.Average()));
        }

        return curve;
    }

    /// <summary>What the search found, without the trees: they are trained again from it.</summary>
    private sealed record Choice(RankerOptions Options, List<(int Trees, double Ndcg)> Curve);
}
