using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;

namespace MlKit.Recommendation.Ranking;

/// <summary>
/// A ranking model that keeps the order of retrieval, for data on which no learned order is better: one tree over the rank,
/// with a leaf per rank. It has the form of any other ranking model, so that serving needs no special case.
/// </summary>
public static class OrderKeeper
{
    /// <summary>The only column: ln(1 + rank), the first candidate has rank 0.</summary>
    public const string Column = "retrieval_rank_log";

    /// <summary>Makes the model.</summary>
    /// <param name="candidates">Ranks that are told apart; all beyond share the last place.</param>
    public static RankerModel Make(int candidates)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(candidates, 2);
        var ml = new MLContext(1);
        var schema = SchemaDefinition.Create(typeof(Row));
        schema[nameof(Row.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, 1);
        var view = ml.Data.LoadFromEnumerable(
            Enumerable.Range(0, candidates).Select(rank => new Row { Label = -rank, Features = [(float)Math.Log(1 + rank)] }), schema);
        var fitted = ml.Regression.Trainers.FastTree(new FastTreeRegressionTrainer.Options
        {
            LabelColumnName = nameof(Row.Label),
            FeatureColumnName = nameof(Row.Features),
            NumberOfTrees = 1,
            NumberOfLeaves = candidates,
            MinimumExampleCountPerLeaf = 1,
            LearningRate = 1,
            MaximumBinCountPerFeature = Math.Max(256, candidates + 1),
            NumberOfThreads = 1,
        }).Fit(view);
        return new RankerModel(
            RankerKind.Retrieval, TreeEnsemble.From(fitted.Model.TrainedTreeEnsemble, 1), StableZip.Save(ml, fitted, view, nameof(Row.Features)), null);
    }

    private sealed class Row
    {
        public float Label { get; set; }

        public float[] Features { get; set; } = [];
    }
}
