using Microsoft.ML.Trainers.FastTree;

namespace MlKit.Recommendation.Ranking;

/// <summary>A sum of regression trees. A row goes left where its feature is not above the threshold.</summary>
public sealed class TreeEnsemble
{
    private TreeEnsemble(int width, double bias, Tree[] trees)
    {
        Width = width;
        Bias = bias;
        Trees = trees;
    }

    /// <summary>Number of features.</summary>
    public int Width { get; }

    /// <summary>Added to the sum of the trees.</summary>
    public double Bias { get; }

    /// <summary>The trees.</summary>
    public IReadOnlyList<Tree> Trees { get; }

    /// <summary>Score of one row; larger is better.</summary>
    public float Score(ReadOnlySpan<float> row)
    {
        var sum = Bias;
        foreach (var tree in Trees)
        {
            sum += tree.Leaf(row);
        }

        return (float)sum;
    }

    /// <summary>Adds the trees [from, to) to a sum: the model as it was after some of its trees.</summary>
    public double AddTrees(double sum, ReadOnlySpan<float> row, int from, int to)
    {
        for (var t = from; t < to; t++)
        {
            sum += Trees[t].Leaf(row);
        }

        return sum;
    }

    /// <summary>
    /// Takes over ML.NET's trees. ML.NET keeps and compares thresholds as float, so the same floats give the same
    /// branch everywhere; nothing is left to round.
    /// </summary>
    internal static TreeEnsemble From(RegressionTreeEnsemble source, int width)
    {
        var trees = new Tree[source.Trees.Count];
        for (var t = 0; t < trees.Length; t++)
        {
            var tree = source.Trees[t];
            var weight = source.TreeWeights[t];
            if (tree.CategoricalSplitFlags.Contains(true))
            {
                throw new NotSupportedException("a tree splits on a category; features are numbers only");
            }

            trees[t] = new Tree(
                [.. tree.NumericalSplitFeatureIndexes], [.. tree.NumericalSplitThresholds], [.. tree.LeftChild], [.. tree.RightChild],
                [.. tree.LeafValues.Select(value => (float)(weight * value))]);
        }

        return new TreeEnsemble(width, source.Bias, trees);
    }

    /// <summary>One tree; children below 0 are leaves: the leaf's number is the complement.</summary>
    /// <param name="Features">Feature of each inner node.</param>
    /// <param name="Thresholds">Threshold of each inner node.</param>
    /// <param name="Left">Child where feature &lt;= threshold.</param>
    /// <param name="Right">Child where feature &gt; threshold.</param>
    /// <param name="Leaves">Value of each leaf, the tree's weight included.</param>
    public sealed record Tree(int[] Features, float[] Thresholds, int[] Left, int[] Right, float[] Leaves)
    {
        /// <summary>Value of the leaf that a row falls into.</summary>
        public float Leaf(ReadOnlySpan<float> row)
        {
            if (Features.Length == 0)
            {
                return Leaves[0];
            }

            var node = 0;
            while (node >= 0)
            {
                node = row[Features[node]] <= Thresholds[node] ? Left[node] : Right[node];
            }

            return Leaves[~node];
        }
    }
}
