using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;
using Microsoft.ML.Trainers.LightGbm;

namespace MlKit.Recommendation.Ranking;

/// <summary>Trains LambdaRank trees; one thread and a fixed seed, so that equal data give equal trees.</summary>
public static class RankerTrainer
{
    private const string Label = nameof(Example.Label);
    private const string Group = nameof(Example.Group);
    private const string Features = nameof(Example.Features);

    /// <summary>Trains on the rows of <paramref name="set"/>.</summary>
    /// <exception cref="ArgumentException">There is no row, or no group has both a positive and a negative.</exception>
    public static RankerModel Train(RankingSet set, RankerOptions options) => Train(set, options, TrainLightGbm);

    /// <summary>The trainer of LightGBM is a parameter so that a test can stand for a machine without the library.</summary>
    internal static RankerModel Train(RankingSet set, RankerOptions options, Func<RankingSet, RankerOptions, RankerModel> lightGbm)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(options);
        if (set.Rows == 0)
        {
            throw new ArgumentException("there are no rows to train the ranking model on", nameof(set));
        }

        if (options.Kind == RankerKind.FastTree)
        {
            return TrainFastTree(set, options);
        }

        try
        {
            return lightGbm(set, options);
        }
        catch (Exception error) when (options.Kind == RankerKind.Auto && LoaderFault(error) is { } fault)
        {
            var reason = fault.Message.ReplaceLineEndings(" ");
            return TrainFastTree(set, options) with { Fallback = new RankerFallback(reason) };
        }
    }

    private static RankerModel TrainLightGbm(RankingSet set, RankerOptions options)
    {
        var ml = new MLContext(options.Seed);
        var trainer = ml.Ranking.Trainers.LightGbm(new LightGbmRankingTrainer.Options
        {
            LabelColumnName = Label,
            FeatureColumnName = Features,
            RowGroupColumnName = Group,
            NumberOfIterations = options.Trees,
            NumberOfLeaves = options.Leaves,
            LearningRate = options.LearningRate,
            MinimumExampleCountPerLeaf = options.RowsPerLeaf,
            HandleMissingValue = false,
            UseCategoricalSplit = false,
            Deterministic = true,
            NumberOfThreads = 1,
            Seed = options.Seed,
        });
        var view = View(ml, set);
        var fitted = trainer.Fit(view);
        return new RankerModel(RankerKind.LightGbm, TreeEnsemble.From(fitted.Model.TrainedTreeEnsemble, set.Width), StableZip.Save(ml, fitted, view, Features), null);
    }

    private static RankerModel TrainFastTree(RankingSet set, RankerOptions options)
    {
        var ml = new MLContext(options.Seed);
        var trainer = ml.Ranking.Trainers.FastTree(new FastTreeRankingTrainer.Options
        {
            LabelColumnName = Label,
            FeatureColumnName = Features,
            RowGroupColumnName = Group,
            NumberOfTrees = options.Trees,
            NumberOfLeaves = options.Leaves,
            LearningRate = options.LearningRate,
            MinimumExampleCountPerLeaf = options.RowsPerLeaf,
            NumberOfThreads = 1,
            Seed = options.Seed,
            FeatureSelectionSeed = options.Seed,
        });
        var view = View(ml, set);
        var fitted = trainer.Fit(view);
        return new RankerModel(RankerKind.FastTree, TreeEnsemble.From(fitted.Model.TrainedTreeEnsemble, set.Width), StableZip.Save(ml, fitted, view, Features), null);
    }

    private static IDataView View(MLContext ml, RankingSet set)
    {
        var schema = SchemaDefinition.Create(typeof(Example));
        schema[Features].ColumnType = new VectorDataViewType(NumberDataViewType.Single, set.Width);
        schema[Group].ColumnType = new KeyDataViewType(typeof(uint), set.Groups);
        return ml.Data.LoadFromEnumerable(Examples(set), schema);
    }

    private static IEnumerable<Example> Examples(RankingSet set)
    {
        var row = 0;
        for (var group = 0; group < set.Groups; group++)
        {
            for (var i = 0; i < set.GroupSizes[group]; i++, row++)
            {
                yield return new Example { Label = set.Label(row), Group = (uint)group + 1, Features = set.Row(row).ToArray() };
            }
        }
    }

    private static Exception? LoaderFault(Exception? error)
    {
        for (; error is not null; error = error.InnerException)
        {
            if (error is DllNotFoundException or BadImageFormatException or EntryPointNotFoundException)
            {
                return error;
            }
        }

        return null;
    }

    private sealed class Example
    {
        public float Label { get; set; }

        public uint Group { get; set; }

        public float[] Features { get; set; } = [];
    }
}
