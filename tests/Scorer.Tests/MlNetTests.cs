using Microsoft.ML;
using Microsoft.ML.Data;
using MlKit.Inference;
using MlKit.Scorer.Tests.Support;

namespace MlKit.Scorer.Tests;

/// <summary>ML.NET models are served beside ONNX models, their columns as tensors.</summary>
public sealed class MlNetTests : IDisposable
{
    private readonly TemporaryFolder _repository = new();
    private readonly TemporaryFolder _state = new();

    public void Dispose()
    {
        _repository.Dispose();
        _state.Dispose();
    }

    [Fact]
    public async Task A_pipeline_answers_as_ML_NET_itself_does()
    {
        var ml = new MLContext(seed: 1);
        var rows = Enumerable.Range(0, 200).Select(i => new House { Size = i % 20, Town = i % 3 == 0 ? "Ulm" : "Bonn", Price = (3f * (i % 20)) + (i % 3 == 0 ? 10 : 0) }).ToList();
        var data = ml.Data.LoadFromEnumerable(rows);
        var pipeline = ml.Transforms.Categorical.OneHotEncoding("TownCode", nameof(House.Town))
            .Append(ml.Transforms.Concatenate("Features", nameof(House.Size), "TownCode"))
            .Append(ml.Regression.Trainers.Sdca(labelColumnName: nameof(House.Price), maximumNumberOfIterations: 20));
        var model = pipeline.Fit(data);
        Save(ml, model, data.Schema, "house");
        _repository.Write("adder/model.onnx", OnnxFile.Adder(1));
        await using var scorer = await RunningScorer.ServeAsync(_repository.Path, _state.Path, "--MLKIT:SCORER:TRUSTREPOSITORY", "true");

        var metadata = await scorer.Client.GetModelMetadataAsync("house", "", TestContext.Current.CancellationToken);
        Assert.Equal("mlnet_zip", metadata.Platform);
        Assert.Equal([-1, 1], metadata.Inputs.Single(input => input.Name == "Town").Shape);
        Assert.Equal("BYTES", metadata.Inputs.Single(input => input.Name == "Town").Datatype);
        Assert.Equal([-1, 2], metadata.Outputs.Single(output => output.Name == "TownCode").Shape);

        var request = new InferRequest
        {
            ModelName = "house",
            Inputs = [Tensor.Create<float>("Size", [4, 7], 2, 1), Tensor.FromStrings("Town", ["Ulm", "Bonn"], 2, 1)],
            Outputs = [new RequestedOutput("Score")],
        };
        var answer = await scorer.Client.InferAsync(request, TestContext.Current.CancellationToken);
        var engine = ml.Model.CreatePredictionEngine<House, Estimate>(model);
        float[] expected = [engine.Predict(new House { Size = 4, Town = "Ulm" }).Score, engine.Predict(new House { Size = 7, Town = "Bonn" }).Score];
        Assert.Equal([2, 1], answer.Output("Score").Shape);
        Assert.Equal(expected, answer.Output("Score").ToArray<float>());
        await scorer.ServesAsync("adder", "1");
    }

    [Fact]
    public async Task Vectors_in_and_out_and_a_label_that_only_training_needs()
    {
        var ml = new MLContext(seed: 1);
        var rows = Enumerable.Range(0, 90).Select(i => new Flower { Features = [i % 3, (i % 3) + 1f], Label = (uint)(i % 3) + 1 }).ToList();
        var data = ml.Data.LoadFromEnumerable(rows);
        var model = ml.Transforms.Conversion.MapValueToKey("Kind", nameof(Flower.Label))
            .Append(ml.MulticlassClassification.Trainers.SdcaMaximumEntropy("Kind", maximumNumberOfIterations: 20)).Fit(data);
        Save(ml, model, data.Schema, "flower");
        await using var scorer = await RunningScorer.ServeAsync(_repository.Path, _state.Path, "--MLKIT:SCORER:TRUSTREPOSITORY", "true");

        var request = new InferRequest { ModelName = "flower", Inputs = [Tensor.Create<float>("Features", [0, 1, 2, 3], 2, 2), Tensor.Create<uint>("Label", [1, 1], 2, 1)] };
        var answer = await scorer.Client.InferAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal([2, 3], answer.Output("Score").Shape);
        Assert.Equal([1u, 3u], answer.Output("PredictedLabel").ToArray<uint>());
        var error = await Assert.ThrowsAsync<InferenceException>(() => scorer.Client.InferAsync(
            new InferRequest { ModelName = "flower", Inputs = [Tensor.Create<float>("Features", [0, 1, 2], 1, 3)] }, TestContext.Current.CancellationToken));
        Assert.Contains("the model takes [-1,2]", error.Message);

        var none = await scorer.Client.InferAsync(
            request with { Inputs = [new Tensor("Features", TensorDataType.Fp32, [0, 2], default), new Tensor("Label", TensorDataType.UInt32, [0, 1], default)] },
            TestContext.Current.CancellationToken);
        Assert.Equal([0, 3], none.Output("Score").Shape);
        Assert.Equal([0, 1], none.Output("PredictedLabel").Shape);
    }

    [Fact]
    public async Task A_binary_classifier_of_trees_answers_truth_values_and_probabilities_for_requests_that_share_a_run()
    {
        var ml = new MLContext(seed: 1);
        var rows = Enumerable.Range(0, 400).Select(i => new Visit { Features = [i % 20, i % 7], Label = i % 20 > 9 }).ToList();
        var data = ml.Data.LoadFromEnumerable(rows);
        var model = ml.BinaryClassification.Trainers.FastTree(numberOfTrees: 5, numberOfLeaves: 4).Fit(data);
        Save(ml, model, data.Schema, "visit");
        _repository.Write("visit/config.pbtxt", System.Text.Encoding.UTF8.GetBytes("max_batch_size: 8 dynamic_batching { max_queue_delay_microseconds: 20000 }"));
        await using var scorer = await RunningScorer.ServeAsync(_repository.Path, _state.Path, "--MLKIT:SCORER:TRUSTREPOSITORY", "true");

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(async i =>
        {
            var request = new InferRequest { ModelName = "visit", Inputs = [Tensor.Create<float>("Features", [i + 2, i % 7], 1, 2)] };
            return (i, await scorer.Client.InferAsync(request, TestContext.Current.CancellationToken));
        }));
        Assert.All(answers, answer =>
        {
            Assert.Equal([answer.i + 2 > 9], answer.Item2.Output("PredictedLabel").ToArray<bool>());
            Assert.Equal(answer.i + 2 > 9, answer.Item2.Output("Probability").ToArray<float>()[0] > 0.5f);
        });
    }

    [Fact]
    public async Task Without_trust_the_reason_is_in_the_index()
    {
        _repository.Write("house/model.zip", [1, 2, 3]);
        await using var scorer = await RunningScorer.ServeAsync(_repository.Path, _state.Path);
        Assert.Contains("MLKIT__SCORER__TRUSTREPOSITORY", await scorer.Http.GetStringOrErrorAsync("/health"));
    }

    private void Save(MLContext ml, ITransformer model, DataViewSchema schema, string name)
    {
        var file = _repository.Write($"{name}/model.zip", []);
        ml.Model.Save(model, schema, file);
    }

    private sealed class House
    {
        public float Size { get; set; }

        public string Town { get; set; } = "";

        public float Price { get; set; }
    }

    private sealed class Estimate
    {
        public float Score { get; set; }
    }

    private sealed class Visit
    {
        [VectorType(2)]
        public float[] Features { get; set; } = [];

        public bool Label { get; set; }
    }

    private sealed class Flower
    {
        [VectorType(2)]
        public float[] Features { get; set; } = [];

        public uint Label { get; set; }
    }
}
