using CsCheck;
using MlKit.Recommendation.Data;
using MlKit.Recommendation.Evaluation;
using MlKit.Recommendation.Numerics;
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

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(33)]
    [InlineData(70)]
    public void The_blocked_product_is_the_product(int n)
    {
        var random = new Random(n);
        float[] a = [.. Enumerable.Range(0, n * n).Select(_ => random.NextSingle())], b = [.. a.Select(_ => random.NextSingle())];

        var expected = Multiply(Array.ConvertAll(a, x => (double)x), Array.ConvertAll(b, x => (double)x), n);

        MatrixProduct.MultiplyInPlace(a, b, n, TestContext.Current.CancellationToken);

        Assert.Equal(0, expected.Zip(b).Max(pair => Math.Abs(pair.First - pair.Second)), 1e-3);
    }

    [Fact]
    public void Training_twice_gives_the_same_bytes()
    {
        var data = SyntheticData.Generate(new SyntheticOptions { Users = 200, Items = 150 });
        byte[] Train() => Onnx.RetrievalOnnx.Write(RetrievalTests.Train(UserHistories.Of(data), new RetrievalOptions()), data);

        Assert.Equal(Train(), Train());
    }

    [Fact]
    public void Few_users_give_the_same_weights_by_the_smaller_inverse()
    {
        var data = Prepare(SyntheticData.Generate(new SyntheticOptions { Users = 60, Items = 150 }));

        var byItems = EaseTrainer.TrainByItems(data, data.ItemCount, 20, TestContext.Current.CancellationToken).Values;
        var byUsers = EaseTrainer.TrainByUsers(data, data.ItemCount, 20, TestContext.Current.CancellationToken).Values;

        Assert.True(data.UserCount < data.ItemCount);
        Assert.Equal(0, byItems.Zip(byUsers).Max(pair => Math.Abs(pair.First - pair.Second)), 1e-6f);
    }

    [Theory]
    [InlineData(100, 10)]
    [InlineData(17, 17)]
    [InlineData(5, 9)]
    [InlineData(0, 3)]
    public void The_largest_are_found_in_order_with_equal_ones_by_index(int length, int count)
    {
        Gen.Int[0, 20].Array[length].Sample(numbers =>
        {
            float[] scores = Array.ConvertAll(numbers, number => (float)number);

            var found = new TopItems().Select(scores, count).ToArray();

            Assert.Equal(Enumerable.Range(0, length).OrderByDescending(i => scores[i]).ThenBy(i => i).Take(count), found);
        }, iter: 300);
    }

    [Fact]
    public void Item_kNN_is_the_shrunk_cosine()
    {
        var rows = NeighbourTrainer.Train(Sequences.Of([[0, 1], [0, 1, 2], [0]], 3), 2, 1, TestContext.Current.CancellationToken);

        Assert.Equal([1, 2], rows.Columns[..2]);
        Assert.Equal(2 / (MathF.Sqrt(6) + 1), rows.Values[0], 1e-6f);
        Assert.Equal(1 / (MathF.Sqrt(3) + 1), rows.Values[1], 1e-6f);
    }

    [Fact]
    public void The_next_item_regression_solves_the_normal_equations()
    {
        var data = Prepare(SyntheticData.Generate(new SyntheticOptions { Users = 120, Items = 60 }));

        var one = NextItemTrainer.Train(data, data.ItemCount, 2, 5, TestContext.Current.CancellationToken);

        // The item that follows in the planted series must get the highest weight far more often than by chance.
        var hits = 0;
        for (var i = 0; i < data.ItemCount; i++)
        {
            var row = one.Values.AsSpan(i * data.ItemCount, data.ItemCount);
            var best = new TopItems().Select(row, 1)[0];
            var follows = data.PlacesOf(i).ToArray().Count(place => place + 1 < data.Items.Length && data.Items[place + 1] == best);
            hits += follows * 4 >= data.PlacesOf(i).Length ? 1 : 0;
        }

        Assert.True(hits * 2 > data.ItemCount, $"{hits} of {data.ItemCount}");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(16)]
    public void Each_sweep_of_the_factorisation_lowers_the_loss(int block)
    {
        var data = Prepare(SyntheticData.Generate(new SyntheticOptions { Users = 150, Items = 100 }));
        var losses = new[] { 1, 2, 6 }.Select(sweeps =>
        {
            var options = new FactorOptions { Dimensions = 32, Sweeps = sweeps, Block = block };
            var (model, users) = FactorTrainer.Train(data, options, TestContext.Current.CancellationToken);
            return Loss(data, model, users);
        }).ToArray();

        Assert.True(losses[0] > losses[1] && losses[1] > losses[2], string.Join(", ", losses));
    }

    [Fact]
    public void A_user_who_is_folded_in_gets_the_vector_that_training_would_give()
    {
        var data = Prepare(SyntheticData.Generate(new SyntheticOptions { Users = 150, Items = 100 }));
        var (model, _) = FactorTrainer.Train(data, new FactorOptions { Dimensions = 16 }, TestContext.Current.CancellationToken);
        var basket = data.ItemsOf(3).ToArray();

        var vector = model.FoldIn(basket);

        // At the minimum the gradient of the user's loss is zero.
        for (var k = 0; k < vector.Length; k++)
        {
            Assert.Equal(0, Gradient(model, basket, vector, k), 2e-3);
        }

        var rotated = model.Rotated();
        var turned = rotated.FoldIn(basket);
        var (before, after) = (new float[model.Count], new float[model.Count]);
        model.Score(vector, before);
        rotated.Score(turned, after);
        Assert.Equal(0, before.Zip(after).Max(pair => Math.Abs(pair.First - pair.Second)), 1e-4f);
    }

    [Fact]
    public void Ease_on_MovieLens_100K_reaches_the_published_figures()
    {
        var data = DataSetReader.Read(SharedMaterial.Require("data", "movielens-100k"), new DataReadOptions(), TestContext.Current.CancellationToken);
        var task = ProtocolSplitter.Split(data, Protocol.LatestOut, 1);
        var options = new RetrievalOptions { EaseLambda = 400, PopularityHalfLife = TimeSpan.MaxValue, Factors = null };

        var ease = Evaluate(task, options, ComponentNames.Ease);
        var popularity = Evaluate(task, options, ComponentNames.Popularity);

        Assert.Equal(0.0859, popularity.HitRateAt10, 1e-4);
        Assert.Equal(0.0450, popularity.NdcgAt10, 1e-4);
        Assert.Equal(0.1463, ease.HitRateAt10, 1e-4);
        Assert.Equal(0.0735, ease.NdcgAt10, 1e-4);
    }

    [Fact]
    public void The_blend_finds_the_planted_structure_that_popularity_misses()
    {
        var task = ProtocolSplitter.Split(SyntheticData.Generate(new SyntheticOptions { Users = 600, Items = 400 }), Protocol.LatestOut, 1);

        var blend = Evaluate(task, new RetrievalOptions(), ComponentNames.Transitions);
        var popularity = Evaluate(task, new RetrievalOptions(), ComponentNames.Popularity);

        Assert.True(blend.NdcgAt10 > 3 * popularity.NdcgAt10, $"{blend.NdcgAt10} against {popularity.NdcgAt10}");
    }

    [Fact]
    public void Scores_that_are_all_equal_become_zero_and_no_candidate_is_lost()
    {
        var values = Enumerable.Repeat(7f, 500).ToArray();
        RetrievalModel.Standardize(values);
        Assert.All(values, value => Assert.Equal(0, value));

        // Everybody met the same items as often: no part can tell the rest apart.
        var builder = new DataSetBuilder("equal");
        for (var user = 0; user < 20; user++)
        {
            for (var item = 0; item < 20; item++)
            {
                if (item != user)
                {
                    builder.Add($"u{user}", $"i{item}", 1, 1);
                }
            }
        }

        var model = Train(UserHistories.Of(builder.Build()), new RetrievalOptions { EaseLambda = 5 });
        var scores = model.Score([new Interaction(0, 0, 1, 1)]);
        var may = Array.ConvertAll(model.ItemIds, id => id != "i0");

        Assert.All(scores.Total, score => Assert.True(float.IsFinite(score)));
        Assert.Equal(19, new CandidateUnion().Select(model, scores, may, 100).Distinct().Count());
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

    private static Sequences Prepare(DataSet data) => RetrievalTrainer.Of(UserHistories.Of(data), 10_000).Data;

    private static EvaluationResult Evaluate(EvaluationTask task, RetrievalOptions options, string part)
    {
        var model = Train(task.Training, options).WithWeights(new Dictionary<string, double> { [part] = 1 });
        return new Evaluator(model.Items, task.Competes).Evaluate(task.Cases, model.NewScores, (one, scores) =>
        {
            model.Score(one.History, scores);
            return scores.Total;
        }, TestContext.Current.CancellationToken);
    }

    private static double Loss(Sequences data, FactorModel model, float[] users)
    {
        var (d, o) = (model.Options.Dimensions, model.Options);
        var loss = 0.0;
        for (var u = 0; u < data.UserCount; u++)
        {
            var scores = new float[model.Count];
            model.Score(users.AsSpan(u * d, d), scores);
            var own = data.ItemsOf(u);
            loss += scores.Sum(score => o.Alpha * score * score);
            foreach (var item in own)
            {
                loss += (1 - scores[item]) * (1 - scores[item]);
            }

            loss += o.Lambda * (own.Length + (o.Alpha * model.Count)) * users.AsSpan(u * d, d).ToArray().Sum(x => (double)x * x);
        }

        for (var i = 0; i < model.Count; i++)
        {
            loss += o.Lambda * (data.PlacesOf(i).Length + (o.Alpha * data.UserCount)) * model.Items.AsSpan(i * d, d).ToArray().Sum(x => (double)x * x);
        }

        return loss;
    }

    private static double Gradient(FactorModel model, int[] basket, float[] vector, int k)
    {
        var (d, o) = (model.Options.Dimensions, model.Options);
        var scores = new float[model.Count];
        model.Score(vector, scores);
        var sum = o.Lambda * (basket.Length + (o.Alpha * model.Count)) * vector[k];
        for (var i = 0; i < model.Count; i++)
        {
            sum += o.Alpha * scores[i] * model.Items[(i * d) + k];
        }

        return sum - basket.Sum(item => (1 - scores[item]) * (double)model.Items[(item * d) + k]);
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
