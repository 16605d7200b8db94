using MlKit.Recommendation.Data;
using MlKit.Recommendation.Evaluation;
using MlKit.Recommendation.Retrieval;
using MlKit.Tests;

namespace MlKit.Recommendation.Tests;

public sealed class RetrievalTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(197)]
    public void The_blocked_inverse_is_the_inverse(int n)
    {
        var random = new Random(n);
        var factor = new double[n * n];
        for (var i = 0; i < factor.Length; i++)
        {
            factor[i] = random.NextDouble() - 0.5;
        }

        var matrix = Multiply(factor, Transpose(factor, n), n);
        for (var i = 0; i < n; i++)
        {
            matrix[(i * n) + i] += 1;
        }

        var inverse = (double[])matrix.Clone();
        SymmetricInverse.Invert(inverse, n, TestContext.Current.CancellationToken);

        var product = Multiply(matrix, inverse, n);
        for (var i = 0; i < n * n; i++)
        {
            Assert.Equal(i % (n + 1) == 0 ? 1 : 0, product[i], 1e-9);
        }
    }

    [Fact]
    public void A_matrix_that_is_not_positive_definite_is_refused()
    {
        var error = Assert.Throws<ArithmeticException>(() =>
            SymmetricInverse.Invert([1, 2, 2, 1], 2, TestContext.Current.CancellationToken));

        Assert.Contains("not positive definite", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Training_twice_gives_the_same_weights()
    {
        var histories = UserHistories.Of(SyntheticData.Generate(new SyntheticOptions { Users = 200, Items = 150 }));

        Assert.Equal(Train(histories, new RetrievalOptions()).Ease, Train(histories, new RetrievalOptions()).Ease);
    }

    [Fact]
    public void Few_users_give_the_same_weights_by_the_smaller_inverse()
    {
        var histories = UserHistories.Of(SyntheticData.Generate(new SyntheticOptions { Users = 60, Items = 150 }));
        var items = ItemVocabulary.Of(histories, 1_000);
        var baskets = EaseTrainer.Baskets(histories, items);

        var byItems = EaseTrainer.TrainByItems(baskets, items.Count, 20, TestContext.Current.CancellationToken);
        var byUsers = EaseTrainer.TrainByUsers(baskets, items.Count, 20, TestContext.Current.CancellationToken);

        Assert.True(baskets.Length < items.Count);
        Assert.Equal(0, byItems.Zip(byUsers).Max(pair => Math.Abs(pair.First - pair.Second)), 1e-6f);
    }

    [Fact]
    public void Ease_on_MovieLens_100K_reaches_the_published_figures()
    {
        var data = DataSetReader.Read(SharedMaterial.Require("data", "movielens-100k"), null, TestContext.Current.CancellationToken);
        var split = LatestOut.Split(UserHistories.Of(data));
        var model = Train(split.Training, new RetrievalOptions { Lambda = 400, TransitionWeight = 0 });

        var ease = Evaluate(split, model, user => model.Score(split.Training[user]).Total);
        var counts = split.Training.ItemCounts();
        var popularity = Evaluate(split, model, _ => Array.ConvertAll(model.Items.DataIndex, item => (float)counts[item]));

        Assert.Equal(0.0859, popularity.HitRateAt10, 1e-4);
        Assert.Equal(0.0450, popularity.NdcgAt10, 1e-4);
        Assert.Equal(0.1463, ease.HitRateAt10, 1e-4);
        Assert.Equal(0.0735, ease.NdcgAt10, 1e-4);
    }

    [Fact]
    public void The_blend_finds_the_planted_structure_that_popularity_misses()
    {
        var split = LatestOut.Split(UserHistories.Of(SyntheticData.Generate(new SyntheticOptions { Users = 600, Items = 400 })));
        var model = Train(split.Training, new RetrievalOptions());
        var counts = split.Training.ItemCounts();

        var blend = Evaluate(split, model, user => model.Score(split.Training[user]).Total);
        var popularity = Evaluate(split, model, _ => Array.ConvertAll(model.Items.DataIndex, item => (float)counts[item]));

        Assert.True(blend.NdcgAt10 > 3 * popularity.NdcgAt10, $"{blend} against {popularity}");
    }

    [Fact]
    public void The_rarest_items_are_left_out_beyond_the_limit()
    {
        var builder = new DataSetBuilder("test");
        builder.Add("u", "rare", 1, 1);
        builder.Add("u", "often", 2, 1);
        builder.Add("v", "often", 3, 1);

        var model = Train(UserHistories.Of(builder.Build()), new RetrievalOptions { MaxItems = 1 });

        Assert.Equal(["often"], model.ItemIds);
    }

    private static RetrievalModel Train(UserHistories histories, RetrievalOptions options) =>
        RetrievalTrainer.Train(histories, options, TestContext.Current.CancellationToken);

    private static EvaluationResult Evaluate(LatestOut split, RetrievalModel model, Func<int, float[]> score)
    {
        var ranks = new List<int>();
        for (var user = 0; user < split.Training.Count; user++)
        {
            if (split.Positives[user] >= 0)
            {
                var seen = split.Training[user].ToArray().Select(e => model.Items.ModelIndex(e.Item)).ToHashSet();
                var positive = model.Items.ModelIndex(split.Positives[user]);
                ranks.Add(positive < 0 ? int.MaxValue : RankingMetrics.Rank(score(user), positive, item => !seen.Contains(item)));
            }
        }

        return EvaluationResult.Of(ranks);
    }

    private static double[] Multiply(double[] a, double[] b, int n)
    {
        var c = new double[n * n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                for (var k = 0; k < n; k++)
                {
                    c[(i * n) + j] += a[(i * n) + k] * b[(k * n) + j];
                }
            }
        }

        return c;
    }

    private static double[] Transpose(double[] a, int n)
    {
        var t = new double[n * n];
        for (var i = 0; i < n * n; i++)
        {
            t[(i % n * n) + (i / n)] = a[i];
        }

        return t;
    }
}
