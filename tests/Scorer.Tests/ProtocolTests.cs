using System.Net;
using System.Text;
using MlKit.Inference;
using MlKit.Scorer.Tests.Support;

namespace MlKit.Scorer.Tests;

public sealed class ProtocolTests : IAsyncLifetime
{
    private readonly TemporaryFolder _repository = new();
    private readonly TemporaryFolder _state = new();
    private RunningScorer _scorer = null!;

    public async ValueTask InitializeAsync()
    {
        _repository.Write("adder/1/model.onnx", OnnxFile.Adder(1));
        _repository.Write("adder/2/model.onnx", OnnxFile.Adder(2, ("mlkit.features", "a,b")));
        _repository.Write("adder/config.pbtxt", Encoding.UTF8.GetBytes("max_batch_size: 4 version_policy { all { } }"));
        _repository.Write("plain/model.onnx", OnnxFile.Adder(5));
        _repository.Write("picker/model.onnx", OnnxFile.Picker());
        _repository.Write("open/model.onnx", OnnxFile.AnyShape());
        _repository.Write("broken/model.onnx", [8, 8, 8]);
        _repository.Write("empty/readme.txt", []);
        _scorer = await RunningScorer.ServeAsync(_repository.Path, _state.Path);
    }

    public async ValueTask DisposeAsync()
    {
        await _scorer.DisposeAsync();
        _repository.Dispose();
        _state.Dispose();
    }

    [Fact]
    public async Task Metadata_carries_signature_versions_and_the_properties_of_the_file()
    {
        var metadata = await _scorer.Client.GetModelMetadataAsync("adder", "", TestContext.Current.CancellationToken);
        Assert.Equal(["1", "2"], metadata.Versions);
        Assert.Equal([-1, 2], metadata.Inputs.Single().Shape);
        Assert.Equal("FP32", metadata.Outputs.Single().Datatype);
        Assert.Equal("a,b", metadata.Parameters!["mlkit.features"]);
        Assert.Equal("2", metadata.Parameters["mlkit.scorer.version"]);
    }

    [Theory]
    [InlineData("", "2", 2)]
    [InlineData("1", "1", 1)]
    public async Task The_asked_version_answers_and_the_highest_by_default(string asked, string answered, float addend)
    {
        var request = Request("adder", 1) with { ModelVersion = asked, Id = "ask" };
        var response = await _scorer.Client.InferAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal((answered, "ask"), (response.ModelVersion, response.Id));
        Assert.Equal([addend, addend], response.Output("y").ToArray<float>());
    }

    [Theory]
    [InlineData()]
    [InlineData(4L)]
    [InlineData(2L, 1L, 2L)]
    public async Task A_model_that_leaves_its_shape_open_takes_every_shape(params long[] shape)
    {
        var values = Enumerable.Range(0, (int)shape.Aggregate(1L, (product, size) => product * size)).Select(value => value + 0.5f).ToArray();
        var request = new InferRequest { ModelName = "open", Inputs = [Tensor.Create<float>("x", values, shape)] };
        var answer = (await _scorer.Client.InferAsync(request, TestContext.Current.CancellationToken)).Output("y");
        Assert.Equal(shape, answer.Shape);
        Assert.Equal(values, answer.ToArray<float>());
    }

    [Fact]
    public async Task Models_that_cannot_be_served_keep_no_other_out_and_say_why()
    {
        var answer = await _scorer.Client.InferAsync(Request("plain", 1), TestContext.Current.CancellationToken);
        Assert.Equal([5f, 5f], answer.Output("y").ToArray<float>());
        var health = await _scorer.Http.GetStringOrErrorAsync("/health");
        Assert.Contains("broken: version 1 failed to load", health);
        Assert.Contains("holds neither model.onnx nor model.zip nor a version folder", health);
        foreach (var model in new[] { "broken", "empty" })
        {
            var error = await Assert.ThrowsAsync<InferenceException>(() => _scorer.Client.InferAsync(Request(model, 1), TestContext.Current.CancellationToken));
            Assert.Equal(InferenceErrorKind.Unavailable, error.Kind);
        }
    }

    [Theory]
    [InlineData("nobody", 1, InferenceErrorKind.NotFound, "there is no model 'nobody'")]
    [InlineData("adder", 5, InferenceErrorKind.InvalidArgument, "batch size 5 is above the 4")]
    public async Task Refusals_name_what_was_wrong(string model, int batch, InferenceErrorKind kind, string reason)
    {
        var error = await Assert.ThrowsAsync<InferenceException>(() => _scorer.Client.InferAsync(Request(model, batch), TestContext.Current.CancellationToken));
        Assert.Equal(kind, error.Kind);
        Assert.Contains(reason, error.Message);
    }

    [Fact]
    public async Task Not_a_number_travels_as_the_clients_write_it()
    {
        const string body = """{"inputs":[{"name":"x","shape":[1,2],"datatype":"FP32","data":[NaN,-Infinity]}]}""";
        var response = await _scorer.Http.PostAsync("/v2/models/plain/infer", new StringContent(body), TestContext.Current.CancellationToken);
        Assert.Contains("\"data\":[NaN,-Infinity]", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_request_above_the_limit_is_413_even_when_it_is_small_on_the_wire()
    {
        await using var small = await RunningScorer.StartAsync(
            _state.Path, null, "--MLKIT:SCORER:MODELREPOSITORY", _repository.Path, "--MLKIT:SCORER:MAXREQUESTBYTES", "2048");
        await small.HasTriedAllAsync();
        using var packed = new MemoryStream();
        await using (var gzip = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(new byte[100_000]);
        }

        using var content = new ByteArrayContent(packed.ToArray());
        content.Headers.ContentEncoding.Add("gzip");
        var response = await small.Http.PostAsync("/v2/models/plain/infer", content, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Contains("MAXREQUESTBYTES", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Outputs_whose_shape_depends_on_the_values_come_in_their_own_shape_each_time()
    {
        foreach (var (values, expected) in new (float[] Values, float[] Expected)[]
        {
            ([1, 2, -3, 4], [1, 2]), ([1, 2, 3, 4], [1, 2, 3, 4]), ([-1, 2, -3, 4], []), ([-1, 2, 3, 4], [3, 4]), ([5, 6, -1, 0], [5, 6]),
        })
        {
            var request = new InferRequest { ModelName = "picker", Inputs = [Tensor.Create<float>("x", values, 2, 2)] };
            var answer = await _scorer.Client.InferAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal(expected, answer.Output("y").ToArray<float>());
            Assert.Equal([expected.Length / 2, 2], answer.Output("y").Shape);
        }
    }

    [Fact]
    public async Task Many_requests_at_once_each_get_their_own_answer()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(async i =>
        {
            var request = new InferRequest { ModelName = "plain", Id = $"{i}", Inputs = [Tensor.Create<float>("x", [i, -i], 1, 2)] };
            return (i, await _scorer.Client.InferAsync(request, TestContext.Current.CancellationToken));
        }));
        foreach (var (i, response) in answers)
        {
            Assert.Equal($"{i}", response.Id);
            Assert.Equal([i + 5f, 5f - i], response.Output("y").ToArray<float>());
        }
    }

    private static InferRequest Request(string model, int batch) =>
        new() { ModelName = model, Inputs = [Tensor.Create<float>("x", new float[2 * batch], batch, 2)] };
}
