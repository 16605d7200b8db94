using System.Net;
using System.Text;
using System.Text.Json;
using MlKit.Inference;
using MlKit.Scorer.Tests.Support;
using MlKit.Tests;

namespace MlKit.Scorer.Tests;

/// <summary>Loading and unloading by call and by following the folder.</summary>
public sealed class LoadCallTests : IDisposable
{
    private readonly TemporaryFolder _repository = new();
    private readonly TemporaryFolder _state = new();

    public LoadCallTests() => _repository.Write("adder/1/model.onnx", OnnxFile.Adder(1));

    public void Dispose()
    {
        _repository.Dispose();
        _state.Dispose();
    }

    [Fact]
    public async Task A_reload_serves_the_new_file_and_a_failed_one_keeps_what_is_served()
    {
        await using var scorer = await RunningScorer.ServeAsync(_repository.Path, _state.Path);
        _repository.Write("adder/1/model.onnx", OnnxFile.Adder(5));
        Assert.Equal(1f, await AddAsync(scorer));
        Assert.Equal(HttpStatusCode.OK, await CallAsync(scorer, "adder/load", "{}"));
        Assert.Equal(5f, await AddAsync(scorer));

        _repository.Write("adder/1/model.onnx", [1, 2, 3]);
        Assert.Equal(HttpStatusCode.BadRequest, await CallAsync(scorer, "adder/load", ""));
        Assert.Equal(5f, await AddAsync(scorer));
        Assert.Contains("the last load failed", await scorer.Http.GetStringOrErrorAsync("/health"));
        Assert.Equal(HttpStatusCode.OK, (await scorer.Http.GetAsync("/v2/health/ready", TestContext.Current.CancellationToken)).StatusCode);
    }

    [Theory]
    [InlineData("max_batch_size: 4", new long[] { 2, 1, 2 })]
    [InlineData("max_batch_size: 4 dynamic_batching { }", new long[] { 3, 1, 2 })]
    public async Task Clients_see_the_configured_shape_and_the_model_its_own(string batching, long[] shape)
    {
        _repository.Write("shaped/1/model.onnx", OnnxFile.Adder(1));
        _repository.Write("shaped/config.pbtxt", Encoding.UTF8.GetBytes($$"""
            {{batching}}
            input { name: "x" data_type: TYPE_FP32 dims: [ 1, 2 ] reshape { shape: [ 2 ] } }
            output { name: "y" data_type: TYPE_FP32 dims: [ 2, 1 ] reshape: { shape: [ 2 ] } }
            """));
        await using var scorer = await RunningScorer.ServeAsync(_repository.Path, _state.Path);
        var values = Enumerable.Range(0, (int)shape[0] * 2).Select(value => (float)value).ToArray();
        var request = new InferRequest { ModelName = "shaped", Inputs = [Tensor.Create<float>("x", values, shape)] };
        var answer = (await scorer.Client.InferAsync(request, TestContext.Current.CancellationToken)).Output("y");
        Assert.Equal([shape[0], 2, 1], answer.Shape);
        Assert.Equal(values.Select(value => value + 1), answer.ToArray<float>());
        var metadata = await scorer.Client.GetModelMetadataAsync("shaped", cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal([-1, 1, 2], metadata.Inputs[0].Shape);
        Assert.Equal([-1, 2, 1], metadata.Outputs[0].Shape);
        Assert.Contains("\"reshape\":{\"shape\":[", (await scorer.Http.GetStringOrErrorAsync("/v2/models/shaped/config")).Replace(" ", "", StringComparison.Ordinal));
        var own = request with { Inputs = [Tensor.Create<float>("x", [1, 2], 1, 2)] };
        Assert.Contains("[-1,1,2]", (await Assert.ThrowsAsync<InferenceException>(() => scorer.Client.InferAsync(own, TestContext.Current.CancellationToken))).Message);
    }

    [Fact]
    public async Task An_unloaded_model_is_gone_on_purpose_so_the_server_stays_ready()
    {
        await using var scorer = await RunningScorer.ServeAsync(_repository.Path, _state.Path);
        Assert.Equal(HttpStatusCode.OK, await CallAsync(scorer, "adder/unload", ""));
        Assert.Equal(InferenceErrorKind.Unavailable, (await Assert.ThrowsAsync<InferenceException>(() => AddAsync(scorer))).Kind);
        Assert.Equal(HttpStatusCode.OK, (await scorer.Http.GetAsync("/v2/health/ready", TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await scorer.Http.GetAsync("/health", TestContext.Current.CancellationToken)).StatusCode);
        var index = await (await scorer.Http.PostAsync("/v2/repository/index", null, TestContext.Current.CancellationToken)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("UNAVAILABLE", index);
        Assert.Contains("it was unloaded", index);
    }

    [Theory]
    [InlineData("unload", "{")]
    [InlineData("unload", "[]")]
    [InlineData("load", "[]")]
    [InlineData("load", "{\"parameters\":1}")]
    [InlineData("load", "{\"parameters\":{\"config\":{}}}")]
    [InlineData("load", "{\"parameters\":{\"config\":\"{\"}}")]
    [InlineData("load", "{\"parameters\":{\"config\":\"{\\\"max_batch_size\\\":-1}\"}}")]
    [InlineData("load", "{\"parameters\":{\"config\":\"{}\",\"file:1/model.onnx\":\"no base64!\"}}")]
    [InlineData("load", "{\"parameters\":{\"file:1/model.onnx\":\"\"}}")]
    [InlineData("load", "{\"parameters\":{\"other\":1}}")]
    public async Task A_malformed_call_is_refused_and_changes_nothing(string call, string body)
    {
        await using var scorer = await RunningScorer.ServeAsync(_repository.Path, _state.Path);
        Assert.Equal(HttpStatusCode.BadRequest, await CallAsync(scorer, $"adder/{call}", body));
        Assert.Equal(1f, await AddAsync(scorer));
    }

    [Fact]
    public async Task Under_load_new_files_are_served_broken_ones_refused_and_no_call_fails_otherwise()
    {
        _repository.Write("other/model.onnx", OnnxFile.Adder(1));
        await using var scorer = await RunningScorer.ServeAsync(_repository.Path, _state.Path);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var load = Enumerable.Range(0, 4).Select(async _ =>
        {
            while (!enough.IsCancellationRequested)
            {
                Assert.Equal(1f, await AddAsync(scorer));
            }
        }).ToArray();
        var random = new Random(1);
        for (var i = 0; i < 12; i++)
        {
            // Each is another model, which goes through the probe process.
            var whole = OnnxFile.Adder(i + 0.5f);
            _repository.Write("other/model.onnx", whole);
            Assert.Equal(HttpStatusCode.OK, await CallAsync(scorer, "other/load", ""));
            _repository.Write("other/model.onnx", i % 2 == 0 ? whole[..random.Next(whole.Length / 2)] : Enumerable.Range(0, 200).Select(_ => (byte)random.Next(256)).ToArray());
            Assert.Equal(HttpStatusCode.BadRequest, await CallAsync(scorer, "other/load", ""));
            var answer = await scorer.Client.InferAsync(
                new InferRequest { ModelName = "other", Inputs = [Tensor.Create<float>("x", [0, 0], 1, 2)] }, TestContext.Current.CancellationToken);
            Assert.Equal(i + 0.5f, answer.Output("y").ToArray<float>()[0]);
        }

        await enough.CancelAsync();
        await Task.WhenAll(load);
    }

    [Fact]
    public async Task A_configuration_may_be_given_in_the_names_that_JSON_has_for_its_fields()
    {
        await using var scorer = await RunningScorer.ServeAsync(_repository.Path, _state.Path);
        var config = JsonSerializer.Serialize(new { parameters = new { config = """{"maxBatchSize":2,"dynamicBatching":{"maxQueueDelayMicroseconds":"100"},"input":null}""" } });
        Assert.Equal(HttpStatusCode.OK, await CallAsync(scorer, "adder/load", config));
        var shown = await scorer.Http.GetStringOrErrorAsync("/v2/models/adder/config");
        Assert.Contains("\"max_batch_size\":2", shown);
        Assert.Contains("\"max_queue_delay_microseconds\":100", shown);
    }

    [Theory]
    [InlineData("platform: 'onnxruntime_onnx' input [ { name: 'x' data_type: TYPE_FP32 dims: [ -1, 2 ] } ] output [ { name: 'y' data_type: TYPE_FP32 dims: [ -1, 2 ] } ]", 0)]
    [InlineData("input [ { name: 'x' data_type: TYPE_FP32 dims: [ 2 ] } ]", 65536)]
    [InlineData("backend: 'onnxruntime' instance_group [ { kind: KIND_MODEL } ]", 65536)]
    [InlineData("max_batch_size: 4 input { name: 'x' } output { name: 'y' }", 4)]
    [InlineData("max_batch_size: 0", 0)]
    public async Task What_a_configuration_leaves_out_follows_from_the_model(string config, int batch)
    {
        _repository.Write("adder/config.pbtxt", Encoding.UTF8.GetBytes(config));
        await using var scorer = await RunningScorer.ServeAsync(_repository.Path, _state.Path);
        Assert.Equal(1f, await AddAsync(scorer));
        var metadata = await scorer.Client.GetModelMetadataAsync("adder", cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal([-1, 2], metadata.Inputs[0].Shape);
        Assert.Equal([-1, 2], metadata.Outputs[0].Shape);
        Assert.Contains($"\"max_batch_size\":{batch},", await scorer.Http.GetStringOrErrorAsync("/v2/models/adder/config"));
    }

    [Theory]
    [InlineData("file:../../evil.onnx")]
    [InlineData("file:/evil.onnx")]
    [InlineData("file:1/../../evil.onnx")]
    [InlineData("file:..\\evil.onnx")]
    [InlineData("file:.hidden/model.onnx")]
    [InlineData("file:")]
    public async Task Files_of_a_call_stay_inside_of_their_folder(string key)
    {
        await using var scorer = await RunningScorer.ServeAsync(_repository.Path, _state.Path);
        var body = JsonSerializer.Serialize(new { parameters = new Dictionary<string, string> { ["config"] = "{}", [key] = Convert.ToBase64String(OnnxFile.Adder(1)) } });
        Assert.Equal(HttpStatusCode.BadRequest, await CallAsync(scorer, "uploaded/load", body));
        Assert.Empty(Directory.EnumerateFiles(_state.Path, "*.onnx", SearchOption.AllDirectories));
        Assert.False(File.Exists(Path.Combine(Path.GetDirectoryName(_state.Path)!, "evil.onnx")));
    }

    [Theory]
    [InlineData("none")]
    [InlineData("poll")]
    public async Task Where_the_settings_say_so_calls_are_refused(string control)
    {
        await using var scorer = await RunningScorer.ServeAsync(_repository.Path, _state.Path, "--MLKIT:SCORER:CONTROL", control);
        Assert.Equal(HttpStatusCode.BadRequest, await CallAsync(scorer, "adder/unload", ""));
        Assert.Equal(1f, await AddAsync(scorer));
    }

    [Fact]
    public async Task A_folder_that_is_followed_shows_new_changed_and_removed_models()
    {
        await using var scorer = await RunningScorer.ServeAsync(_repository.Path, _state.Path, "--MLKIT:SCORER:CONTROL", "poll");
        _repository.Write(".coming/1/model.onnx", OnnxFile.Adder(7));
        Directory.Move(Path.Combine(_repository.Path, ".coming"), Path.Combine(_repository.Path, "second"));
        await scorer.ServesAsync("second", "1");

        _repository.Write("adder/1/model.onnx", OnnxFile.Adder(3));
        await Eventually.True(async () => await AddAsync(scorer) == 3f, TimeSpan.FromSeconds(20), "the changed model is served");
        _repository.Write("adder/1/model.onnx", [1, 2, 3]);
        await Eventually.True(async () => (await scorer.Http.GetStringOrErrorAsync("/health")).Contains("the last load failed"), TimeSpan.FromSeconds(20), "the failure is in /health");
        Assert.Equal(3f, await AddAsync(scorer));

        Directory.Delete(Path.Combine(_repository.Path, "second"), recursive: true);
        await Eventually.True(async () => !await scorer.Client.IsModelReadyAsync("second"), TimeSpan.FromSeconds(20), "the removed model is gone");
    }

    private static async Task<float> AddAsync(RunningScorer scorer)
    {
        var request = new InferRequest { ModelName = "adder", Inputs = [Tensor.Create<float>("x", [0, 0], 1, 2)] };
        return (await scorer.Client.InferAsync(request, TestContext.Current.CancellationToken)).Output("y").ToArray<float>()[0];
    }

    private static async Task<HttpStatusCode> CallAsync(RunningScorer scorer, string call, string body) => (await scorer.Http.PostAsync(
        $"/v2/repository/models/{call}", new StringContent(body, Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken)).StatusCode;
}
