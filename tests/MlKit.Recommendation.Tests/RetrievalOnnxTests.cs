using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using MlKit.Recommendation.Data;
using MlKit.Recommendation.Onnx;
using MlKit.Recommendation.Retrieval;

namespace MlKit.Recommendation.Tests;

public sealed class RetrievalOnnxTests
{
    private static readonly DataSet Data = SyntheticData.Generate(new SyntheticOptions { Users = 300, Items = 240, MeanEventsPerUser = 30 });
    private static readonly UserHistories Histories = UserHistories.Of(Data);
    private static readonly RetrievalModel Model = RetrievalTrainer.Train(Histories, new RetrievalOptions
    {
        EaseLambda = 50,
        EaseHalfLife = 40,
        DenseItems = 150,
        Factors = new FactorOptions { Dimensions = 32 },
        Weights = ComponentNames.All.ToDictionary(name => name, _ => 0.5),
    });

    private static readonly InferenceSession Session = new(RetrievalOnnx.Write(Model, Data));

    [Fact]
    public void The_graph_answers_what_the_trainer_answers()
    {
        for (var user = 0; user < 50; user++)
        {
            var history = Histories[user];
            var expected = Model.Score(history);
            var ids = Newest(history);
            var answer = Run(ids, [.. ids.Select((_, age) => HistoryWeights.Standard(age))], Model.Items.Count);
            for (var place = 0; place < answer.Ids.Length; place++)
            {
                var item = Index(answer.Ids[place]);
                if (ids.Contains(answer.Ids[place]))
                {
                    Assert.True(answer.Scores[place] <= -3e38f);
                    continue;
                }

                Assert.Equal(expected.Total[item], answer.Scores[place], 1e-3f);
                for (var part = 0; part < ComponentNames.All.Count; part++)
                {
                    Assert.Equal(expected.Components[part][item], answer.Components[(ComponentNames.All.Count * place) + part], 1e-3f);
                }
            }

            Assert.Equal(answer.Scores.OrderDescending(), answer.Scores);
        }
    }

    [Theory]
    [InlineData(20)]
    [InlineData(60)]
    [InlineData(150)]
    public void The_candidates_are_the_union_of_what_the_parts_and_the_blend_like_best(int count)
    {
        var model = new RetrievalModel(Model.Items, Model.ItemIds, Small, Model.Components, Model.Popularity);
        using var session = new InferenceSession(RetrievalOnnx.Write(model, Data));
        var union = new CandidateUnion();
        for (var user = 0; user < 50; user++)
        {
            var ids = Newest(Histories[user]);
            var scores = model.Score(Histories[user]);
            var may = Array.ConvertAll(model.ItemIds, id => !ids.Contains(long.Parse(id, null)));

            var own = union.Select(model, scores, may, count);
            var answer = Run(session, ids, [.. ids.Select((_, age) => HistoryWeights.Standard(age))], count);

            Assert.Equal(own.Select(i => long.Parse(model.ItemIds[i], null)), answer.Ids);
            var inUnion = model.Components.Select((part, at) => (Own: scores.Components[at], Count: Small.CandidateSources.GetValueOrDefault(part.Name)))
                .Append((Own: scores.Total, Count: Small.BlendCandidates))
                .SelectMany(source => Enumerable.Range(0, may.Length).Where(i => may[i]).OrderByDescending(i => source.Own[i]).Take(source.Count)).ToHashSet();
            Assert.Equal(Math.Min(count, inUnion.Count), own.Count(inUnion.Contains));
        }
    }

    private static RetrievalOptions Small => Model.Options with
    {
        BlendCandidates = 20,
        CandidateSources = new Dictionary<string, int> { [ComponentNames.Ease] = 15, [ComponentNames.Transitions] = 15, [ComponentNames.Popularity] = 10 },
    };

    [Fact]
    public void A_history_without_a_known_item_gets_popularity()
    {
        foreach (var ids in new long[][] { [], [987_654_321, -5] })
        {
            var answer = Run(ids, [.. ids.Select(_ => 1f)], 5);

            Assert.Equal(Model.Popularity.OrderDescending().Take(5), answer.Scores);
        }
    }

    [Fact]
    public void Unknown_ids_count_for_nothing_beside_known_ones()
    {
        var known = Newest(Histories[0]);
        var with = Run([.. known, 987_654_321], [.. known.Select(_ => 1f), 1], 20);
        var without = Run(known, [.. known.Select(_ => 1f)], 20);

        Assert.Equal(without.Ids, with.Ids);
        Assert.Equal(0, without.Scores.Zip(with.Scores).Max(pair => Math.Abs(pair.First - pair.Second)), 1e-4f);
    }

    [Fact]
    public void A_weight_of_zero_only_masks_the_item()
    {
        var top = Run([1], [1], 3);
        var masked = Run([1, top.Ids[0]], [1, 0], 3);

        Assert.Equal(top.Ids[1], masked.Ids[0]);
        Assert.Equal(top.Scores[1], masked.Scores[0]);
    }

    [Fact]
    public void More_than_all_items_are_never_answered()
    {
        Assert.Equal(Model.Items.Count, Run([1], [1], 1_000_000).Ids.Length);
    }

    [Fact]
    public void Ids_up_to_the_largest_number_go_in_and_out_unharmed()
    {
        var builder = new DataSetBuilder("large");
        string Id(int item) => $"{long.MaxValue - item}";
        for (var user = 0; user < 12; user++)
        {
            for (var at = 0; at < 4; at++)
            {
                builder.Add($"u{user}", Id((user + at) % 6), at, 1);
            }
        }

        var data = builder.Build();
        var model = RetrievalTrainer.Train(UserHistories.Of(data), new RetrievalOptions { EaseLambda = 1, Factors = null }, TestContext.Current.CancellationToken);
        using var session = new InferenceSession(RetrievalOnnx.Write(model, data));

        var answer = Run(session, [long.MaxValue, long.MaxValue - 1], [1, 1], 4);

        Assert.Equal(Enumerable.Range(2, 4).Select(item => long.MaxValue - item).Order(), answer.Ids.Order());
    }

    [Fact]
    public void Text_ids_go_in_and_out_as_text()
    {
        var builder = new DataSetBuilder("text");
        string[] items = ["a", "b", "c", "007"];
        for (var user = 0; user < 8; user++)
        {
            builder.Add($"u{user}", items[user % 4], user, 1);
            builder.Add($"u{user}", items[(user + 1) % 4], user, 1);
        }

        var data = builder.Build();
        var model = RetrievalTrainer.Train(UserHistories.Of(data), new RetrievalOptions { EaseLambda = 1, Factors = null }, TestContext.Current.CancellationToken);
        using var session = new InferenceSession(RetrievalOnnx.Write(model, data));
        using var answer = session.Run(
        [
            NamedOnnxValue.CreateFromTensor("item_ids", new DenseTensor<string>(new[] { "007" }, [1, 1])),
            NamedOnnxValue.CreateFromTensor("weights", new DenseTensor<float>(new[] { 1f }, [1, 1])),
            NamedOnnxValue.CreateFromTensor("k", new DenseTensor<long>(new[] { 2L }, [1])),
        ]);

        var ids = answer.First(o => o.Name == "candidate_ids").AsTensor<string>();
        Assert.Equal(["a", "c"], ids.Order());
    }

    private static long[] Newest(ReadOnlySpan<Interaction> history)
    {
        var ids = new long[history.Length];
        for (var age = 0; age < ids.Length; age++)
        {
            ids[age] = long.Parse(Data.ItemIds[history[^(age + 1)].Item], null);
        }

        return ids;
    }

    private static int Index(long id) => Model.Items.ModelIndex(Array.IndexOf(Data.ItemIds, $"{id}"));

    private static (long[] Ids, float[] Scores, float[] Components) Run(long[] ids, float[] weights, long k) => Run(Session, ids, weights, k);

    private static (long[] Ids, float[] Scores, float[] Components) Run(InferenceSession session, long[] ids, float[] weights, long k)
    {
        using var answer = session.Run(
        [
            NamedOnnxValue.CreateFromTensor("item_ids", new DenseTensor<long>(ids, [1, ids.Length])),
            NamedOnnxValue.CreateFromTensor("weights", new DenseTensor<float>(weights, [1, ids.Length])),
            NamedOnnxValue.CreateFromTensor("k", new DenseTensor<long>(new[] { k }, [1])),
        ]);
        return (
            [.. answer.First(o => o.Name == "candidate_ids").AsTensor<long>()],
            [.. answer.First(o => o.Name == "scores").AsTensor<float>()],
            [.. answer.First(o => o.Name == "components").AsTensor<float>()]);
    }
}
