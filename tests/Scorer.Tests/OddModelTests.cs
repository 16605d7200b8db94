using System.Net;
using Grpc.Net.Client;
using MlKit.Inference;
using MlKit.Inference.Grpc;
using MlKit.Scorer.Tests.Support;

namespace MlKit.Scorer.Tests;

/// <summary>Models of every kind are served, or refused with the reason; none ends the server.</summary>
public sealed class OddModelTests : IAsyncLifetime
{
    private readonly TemporaryFolder _repository = new();
    private readonly TemporaryFolder _state = new();
    private RunningScorer _scorer = null!;

    public async ValueTask InitializeAsync()
    {
        foreach (var type in TensorProto.Types.Keys)
        {
            _repository.Write($"type{type}/model.onnx", OddModels.Identity(type));
        }

        _repository.Write("nothing/model.onnx", OddModels.NoInput());
        _repository.Write("scalars/model.onnx", OddModels.Scalars());
        _repository.Write("expand/model.onnx", OddModels.Expand());
        _repository.Write("numbered/model.onnx", OddModels.Classifier(30L, -5L, 10L));
        _repository.Write("named/model.onnx", OddModels.Classifier("pear", "Apple", "fig"));
        _repository.Write("weights/1/model.onnx/model.onnx", OnnxFile.External("weights.bin"));
        _repository.Write("weights/1/model.onnx/weights.bin", BitConverter.GetBytes(7f));
        // More bytes than an array can have, and more elements than a tensor can have.
        _repository.Write("large/model.onnx", OddModels.Mean(1, 600_000_000));
        _repository.Write("larger/model.onnx", OddModels.Mean(100_000, 100_000));
        _repository.Write("opset/model.onnx", OddModels.Identity(OnnxWriter.Float, opset: 99));
        _repository.Write("format/model.onnx", OddModels.Identity(OnnxWriter.Float, format: 99));
        _repository.Write("sequence/model.onnx", OddModels.Sequence());
        _repository.Write("complex/model.onnx", OddModels.Identity(14));
        _repository.Write("eight-bits/model.onnx", OddModels.Identity(17, opset: 19, format: 9));
        _scorer = await RunningScorer.ServeAsync(_repository.Path, _state.Path);
    }

    public async ValueTask DisposeAsync()
    {
        await _scorer.DisposeAsync();
        _repository.Dispose();
        _state.Dispose();
    }

    [Fact]
    public async Task Every_element_type_passes_through_with_and_without_rows()
    {
        foreach (var (number, type) in TensorProto.Types)
        {
            var full = type == TensorDataType.Bytes
                ? Tensor.FromStrings("x", ["a", "", "\0b"], 1, 3)
                : new Tensor("x", type, [1, 3], Enumerable.Range(0, 3 * type.ElementSize()).Select(i => (byte)(i % type.ElementSize() == 0 ? 1 : 0)).ToArray());
            foreach (var input in new[] { full, new Tensor("x", type, [0, 3], ReadOnlyMemory<byte>.Empty) })
            {
                var answer = await AskAsync($"type{number}", input);
                Assert.Equal(type, answer.Output("y").DataType);
                Assert.Equal(input.Shape, answer.Output("y").Shape);
                Assert.Equal(input.Data.ToArray(), answer.Output("y").Data.ToArray());
            }
        }
    }

    [Fact]
    public async Task A_model_without_inputs_answers_over_REST_and_gRPC()
    {
        using var channel = GrpcChannel.ForAddress(_scorer.GrpcAddress);
        foreach (var client in new IInferenceClient[] { _scorer.Client, new GrpcInferenceClient(channel) })
        {
            for (var i = 0; i < 2; i++)
            {
                var answer = await client.InferAsync(new InferRequest { ModelName = "nothing", Inputs = [] }, TestContext.Current.CancellationToken);
                Assert.Equal([0f, 1f, 2f, 3f], answer.Output("y").ToArray<float>());
            }
        }

        var v1 = await _scorer.Http.PostAsync("/v1/models/nothing:predict", new StringContent("""{"instances":[1]}"""), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, v1.StatusCode);
        var error = await Assert.ThrowsAsync<InferenceException>(() => AskAsync("scalars"));
        Assert.Equal(InferenceErrorKind.InvalidArgument, error.Kind);
        Assert.Contains("missing: 'a', 'b'", error.Message);
    }

    [Fact]
    public async Task Scalars_have_a_shape_without_dimensions()
    {
        var answer = await AskAsync("scalars", Tensor.Create<float>("a", [1.5f]), Tensor.Create<float>("b", [2f]));
        Assert.Empty(answer.Output("y").Shape);
        Assert.Equal([3.5f], answer.Output("y").ToArray<float>());
    }

    [Theory]
    [InlineData("numbered", "-5,10,30", new[] { 1, 2, 0 })]
    [InlineData("named", "Apple,fig,pear", new[] { 1, 2, 0 })]
    public async Task Class_maps_are_flattened_in_ascending_order_beside_other_outputs(string model, string classes, int[] order)
    {
        var metadata = await _scorer.Client.GetModelMetadataAsync(model, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(classes, metadata.Parameters!["mlkit.classes.probabilities"]);
        Assert.Equal([-1, 3], metadata.Outputs.Single(output => output.Name == "probabilities").Shape);
        var answer = await AskAsync(model, Tensor.Create<float>("x", [1, 2, 3, 9, 0, 0], 2, 3));
        Assert.Equal([2L, 0L], answer.Output("label").ToArray<long>());
        var probabilities = answer.Output("probabilities");
        Assert.Equal([2, 3], probabilities.Shape);
        double[] exp = [Math.Exp(1), Math.Exp(2), Math.Exp(3)];
        Assert.All(order.Select((from, to) => (from, to)), pair => Assert.Equal(exp[pair.from] / exp.Sum(), probabilities.ToArray<float>()[pair.to], 1e-5));

        var none = await AskAsync(model, new Tensor("x", TensorDataType.Fp32, [0, 3], ReadOnlyMemory<byte>.Empty));
        Assert.Equal([0, 3], none.Output("probabilities").Shape);
        Assert.Equal([0, 1], none.Output("label").Shape);
    }

    [Fact]
    public async Task Weights_may_stand_beside_the_file_in_a_folder_of_its_name()
    {
        var answer = await AskAsync("weights", Tensor.Create<float>("x", [1, 2], 1, 2));
        Assert.Equal([8f, 9f], answer.Output("y").ToArray<float>());
    }

    [Theory]
    [InlineData("large")]
    [InlineData("larger")]
    public async Task A_model_whose_inputs_are_too_large_to_be_made_up_is_served_without_a_trial_run(string model) =>
        Assert.True(await _scorer.Client.IsModelReadyAsync(model, cancellationToken: TestContext.Current.CancellationToken));

    [Fact]
    public async Task An_output_that_no_answer_can_hold_is_the_callers_mistake()
    {
        foreach (var shape in new long[][] { [1_000_000_000_000], [-3] })
        {
            var error = await Assert.ThrowsAsync<InferenceException>(
                () => AskAsync("expand", Tensor.Create<float>("x", [1], 1), Tensor.Create<long>("shape", shape, shape.Length)));
            Assert.Equal(InferenceErrorKind.InvalidArgument, error.Kind);
        }
    }

    [Theory]
    [InlineData("opset", "opset")]
    [InlineData("format", "IR version")]
    [InlineData("sequence", "output 'y' is ONNX_TYPE_SEQUENCE")]
    [InlineData("complex", "complex64")]
    [InlineData("eight-bits", "which the protocol cannot carry")]
    public async Task What_cannot_be_served_is_refused_with_the_reason(string model, string reason)
    {
        var error = await Assert.ThrowsAsync<InferenceException>(() => AskAsync(model, Tensor.Create<float>("x", [1, 2], 1, 2)));
        Assert.Equal(InferenceErrorKind.Unavailable, error.Kind);
        Assert.Contains(reason, error.Message);
        var load = await _scorer.Http.PostAsync($"/v2/repository/models/{model}/load", null, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, load.StatusCode);
        Assert.Contains(reason, await load.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private Task<InferResponse> AskAsync(string model, params Tensor[] inputs) =>
        _scorer.Client.InferAsync(new InferRequest { ModelName = model, Inputs = inputs }, TestContext.Current.CancellationToken);
}
