using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using MlKit.Recommendation.Onnx;
using MlKit.Recommendation.Ranking;

namespace MlKit.Recommendation.Tests;

public sealed class RankerTests
{
    private const int Width = 4;
    private static readonly RankingSet Set = MakeSet();

    [Theory]
    [InlineData(RankerKind.LightGbm)]
    [InlineData(RankerKind.FastTree)]
    public void The_trees_put_the_positive_first(RankerKind kind)
    {
        Assert.SkipWhen(kind == RankerKind.LightGbm && RankerTrainer.Train(Set, Small).Fallback is { } fallback, "LightGBM does not load here");
        var model = RankerTrainer.Train(Set, Small with { Kind = kind });

        Assert.Equal(kind, model.Kind);
        Assert.True(ShareOfPositivesFirst(model.Trees) > 0.8);
    }

    [Theory]
    [InlineData(RankerKind.Auto)]
    [InlineData(RankerKind.FastTree)]
    public void The_onnx_model_scores_as_the_trees_do_also_on_thresholds(RankerKind kind)
    {
        var trees = RankerTrainer.Train(Set, Small with { Kind = kind }).Trees;
        var rows = Rows(trees);
        using var session = new InferenceSession(RankerOnnx.Write(trees, ["a", "b", "c", "d"], "hash"));
        using var answer = session.Run([NamedOnnxValue.CreateFromTensor("features", new DenseTensor<float>(rows, [rows.Length / Width, Width]))]);
        var scores = answer.Single().AsTensor<float>();

        Assert.Equal([rows.Length / Width, 1], scores.Dimensions.ToArray());
        for (var row = 0; row < rows.Length / Width; row++)
        {
            Assert.Equal(trees.Score(rows.AsSpan(row * Width, Width)), scores[row, 0], 1e-5f);
        }

        ScoresLikeTheZip(RankerTrainer.Train(Set, Small with { Kind = kind }), rows);
        Assert.Equal("a,b,c,d", session.ModelMetadata.CustomMetadataMap["mlkit.features"]);
        Assert.Equal("hash", session.ModelMetadata.CustomMetadataMap["mlkit.feature_schema_hash"]);
    }

    [Fact]
    public void Without_the_native_library_FastTree_takes_over_and_says_why()
    {
        var model = RankerTrainer.Train(Set, Small, (_, _) => throw new TypeInitializationException(
            "LightGbm", new DllNotFoundException("Unable to load shared library 'lib_lightgbm': libgomp.so.1 is missing")));

        Assert.Equal(RankerKind.FastTree, model.Kind);
        Assert.Contains("libgomp.so.1", model.Fallback!.Reason, StringComparison.Ordinal);
        Assert.True(ShareOfPositivesFirst(model.Trees) > 0.8);
    }

    [Fact]
    public void A_fault_of_another_kind_is_not_taken_for_a_missing_library()
    {
        Assert.Throws<InvalidOperationException>(() =>
            RankerTrainer.Train(Set, Small, (_, _) => throw new InvalidOperationException("no memory")));
    }

    [Fact]
    public void Training_twice_gives_the_same_bytes()
    {
        var first = RankerOnnx.Write(RankerTrainer.Train(Set, Small).Trees, ["a", "b", "c", "d"], "hash");
        var second = RankerOnnx.Write(RankerTrainer.Train(Set, Small).Trees, ["a", "b", "c", "d"], "hash");

        Assert.Equal(first, second);
        Assert.Equal(RankerTrainer.Train(Set, Small).Zip, RankerTrainer.Train(Set, Small).Zip);
    }

    [Fact]
    public void The_order_of_retrieval_can_be_kept_by_a_model_of_the_same_form()
    {
        var model = OrderKeeper.Make(200);
        float[] rows = [.. Enumerable.Range(0, 250).Select(rank => (float)Math.Log(1 + rank))];
        using var session = new InferenceSession(RankerOnnx.Write(model.Trees, [OrderKeeper.Column], "hash"));
        using var answer = session.Run([NamedOnnxValue.CreateFromTensor("features", new DenseTensor<float>(rows, [rows.Length, 1]))]);
        var scores = answer.Single().AsTensor<float>().ToArray();

        for (var rank = 1; rank < 200; rank++)
        {
            Assert.True(scores[rank] < scores[rank - 1], $"rank {rank}: {scores[rank]} after {scores[rank - 1]}");
        }
    }

    [Fact]
    public void Features_that_are_not_finite_are_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => new RankingSet(2).Add([1, float.NaN], [1]));

        Assert.Contains("NaN", error.Message, StringComparison.Ordinal);
    }

    private static void ScoresLikeTheZip(RankerModel model, float[] rows)
    {
        var ml = new MLContext(1);
        var loaded = ml.Model.Load(new MemoryStream(model.Zip), out _);
        var schema = SchemaDefinition.Create(typeof(ZipRow));
        schema[nameof(ZipRow.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, Width);
        var view = ml.Data.LoadFromEnumerable(
            Enumerable.Range(0, rows.Length / Width).Select(row => new ZipRow { Features = rows[(row * Width)..((row + 1) * Width)] }), schema);
        var scores = loaded.Transform(view).GetColumn<float>("Score").ToArray();
        for (var row = 0; row < scores.Length; row++)
        {
            Assert.Equal(model.Trees.Score(rows.AsSpan(row * Width, Width)), scores[row], 1e-5f);
        }
    }

    private sealed class ZipRow
    {
        public float[] Features { get; set; } = [];
    }

    private static RankerOptions Small => new() { Trees = 30, Leaves = 8, RowsPerLeaf = 5, LearningRate = 0.2 };

    internal static RankingSet MakeSet()
    {
        var random = new Random(7);
        var set = new RankingSet(Width);
        for (var group = 0; group < 200; group++)
        {
            var rows = new float[20 * Width];
            var labels = new float[20];
            for (var i = 0; i < rows.Length; i++)
            {
                rows[i] = random.NextSingle();
            }

            var best = Enumerable.Range(0, 20).MaxBy(r => rows[r * Width] + (0.5f * rows[(r * Width) + 1]));
            labels[best] = 1;
            set.Add(rows, labels);
        }

        return set;
    }

    private static double ShareOfPositivesFirst(TreeEnsemble trees)
    {
        var row = 0;
        var hits = 0;
        foreach (var size in Set.GroupSizes)
        {
            var from = row;
            var order = Enumerable.Range(from, size).OrderByDescending(r => trees.Score(Set.Row(r))).Take(3);
            hits += order.Any(r => Set.Label(r) > 0) ? 1 : 0;
            row += size;
        }

        return hits / (double)Set.Groups;
    }

    /// <summary>10,000 rows of which many values are exactly a threshold or one float beside it.</summary>
    private static float[] Rows(TreeEnsemble trees)
    {
        var random = new Random(8);
        var thresholds = new List<float>[Width];
        foreach (var tree in trees.Trees)
        {
            for (var node = 0; node < tree.Features.Length; node++)
            {
                (thresholds[tree.Features[node]] ??= []).Add(tree.Thresholds[node]);
            }
        }

        var rows = new float[10_000 * Width];
        for (var i = 0; i < rows.Length; i++)
        {
            var own = thresholds[i % Width];
            rows[i] = own is null || random.Next(4) == 0
                ? random.NextSingle()
                : random.Next(3) switch
                {
                    0 => own[random.Next(own.Count)],
                    1 => MathF.BitIncrement(own[random.Next(own.Count)]),
                    _ => MathF.BitDecrement(own[random.Next(own.Count)]),
                };
        }

        return rows;
    }
}
