using Grpc.Net.Client;
using MlKit.Inference;
using MlKit.Inference.Grpc;
using MlKit.Scorer.Tests.Support;
using MlKit.Tests;

namespace MlKit.Scorer.Tests;

/// <summary>Real models answer the outputs that came with them, over REST and over gRPC.</summary>
public sealed class SharedModelTests
{
    private const string Missing = "(the shared material is absent)";

    public static TheoryData<string> Models => SharedMaterial.Optional("models") is { } folder
        ? [.. Directory.EnumerateDirectories(folder).Select(model => Path.GetFileName(model)!).Order()]
        : [Missing];

    [Theory]
    [MemberData(nameof(Models))]
    public async Task A_real_model_answers_its_expected_outputs(string model)
    {
        var folder = SharedMaterial.Require("models", model);
        using var repository = new TemporaryFolder();
        using var state = new TemporaryFolder();
        repository.Write($"{model}/model.onnx", await File.ReadAllBytesAsync(Path.Combine(folder, "model.onnx"), TestContext.Current.CancellationToken));
        await using var scorer = await RunningScorer.ServeAsync(repository.Path, state.Path);
        if (model == SharedModels.NeedsLocale && !SharedModels.HasLocale)
        {
            Assert.Contains("en_US.UTF-8", await scorer.Http.GetStringOrErrorAsync("/health"));
            return;
        }

        using var channel = GrpcChannel.ForAddress(scorer.GrpcAddress, new GrpcChannelOptions { MaxReceiveMessageSize = null });
        var grpc = new GrpcInferenceClient(channel);
        Assert.True(await grpc.IsModelReadyAsync(model, "", TestContext.Current.CancellationToken));
        foreach (var set in Directory.EnumerateDirectories(folder, "test_data_set_*"))
        {
            var request = new InferRequest
            {
                ModelName = model,
                Inputs = [.. Directory.EnumerateFiles(set, "input_*.pb").Order().Select(TensorProto.Read)],
            };
            Check(set, await scorer.Client.InferAsync(request, TestContext.Current.CancellationToken));
            Check(set, await grpc.InferAsync(request, TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task Class_probabilities_become_one_tensor_with_the_classes_in_the_metadata()
    {
        var file = SharedMaterial.Require("models", SharedModels.ClassMaps, "model.onnx");
        using var repository = new TemporaryFolder();
        using var state = new TemporaryFolder();
        repository.Write("iris/model.onnx", await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken));
        await using var scorer = await RunningScorer.ServeAsync(repository.Path, state.Path);

        var metadata = await scorer.Client.GetModelMetadataAsync("iris", "", TestContext.Current.CancellationToken);
        Assert.Equal("0,1,2", metadata.Parameters!["mlkit.classes.output_probability"]);
        var request = new InferRequest { ModelName = "iris", Inputs = [Tensor.Create<float>("X", [5.1f, 3.5f, 1.4f, 0.2f], 1, 4)] };
        var answer = await scorer.Client.InferAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal([1, 3], answer.Output("output_probability").Shape);
        Assert.Equal(1, answer.Output("output_probability").ToArray<float>().Sum(), 3);
    }

    private static void Check(string set, InferResponse response)
    {
        foreach (var file in Directory.EnumerateFiles(set, "output_*.pb").Order())
        {
            var expected = TensorProto.Read(file);
            // Official test vectors leave the names out; the number in the file name is the place among the outputs.
            var actual = expected.Name.Length > 0 ? response.Output(expected.Name) : response.Outputs[int.Parse(Path.GetFileNameWithoutExtension(file)["output_".Length..], System.Globalization.CultureInfo.InvariantCulture)];
            Assert.Equal(expected.Shape, actual.Shape);
            if (expected.DataType == TensorDataType.Fp32)
            {
                var values = expected.ToArray<float>().Zip(actual.ToArray<float>());
                Assert.All(values, pair => Assert.True(Math.Abs(pair.First - pair.Second) <= 1e-5 + (1e-3 * Math.Abs(pair.First)), $"{pair.First} is not {pair.Second}"));
            }
            else
            {
                Assert.Equal(expected.Data.ToArray(), actual.Data.ToArray());
            }
        }
    }
}
