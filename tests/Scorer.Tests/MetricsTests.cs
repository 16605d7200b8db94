using System.Text;
using System.Text.Json;
using MlKit.Inference;
using MlKit.Scorer.Tests.Support;

namespace MlKit.Scorer.Tests;

/// <summary>Triton's metrics and statistics count as Triton's own documents say.</summary>
public sealed class MetricsTests : IDisposable
{
    private readonly TemporaryFolder _repository = new();
    private readonly TemporaryFolder _state = new();

    public void Dispose()
    {
        _repository.Dispose();
        _state.Dispose();
    }

    [Fact]
    public async Task One_request_of_eight_rows_is_one_success_eight_inferences_and_one_run()
    {
        await using var scorer = await ServeAsync("");
        await AskAsync(scorer, 8);
        Assert.Equal((1, 8, 1), await CountsAsync(scorer));
    }

    [Fact]
    public async Task A_request_of_one_row_and_one_of_eight_without_batching_are_two_nine_and_two()
    {
        await using var scorer = await ServeAsync("");
        await AskAsync(scorer, 1);
        await AskAsync(scorer, 8);
        Assert.Equal((2, 9, 2), await CountsAsync(scorer));
    }

    [Fact]
    public async Task Two_requests_that_share_a_run_are_two_two_and_one()
    {
        await using var scorer = await ServeAsync("dynamic_batching { preferred_batch_size: 2 max_queue_delay_microseconds: 20000000 }");
        await Task.WhenAll(AskAsync(scorer, 1), AskAsync(scorer, 1));
        Assert.Equal((2, 2, 1), await CountsAsync(scorer));
    }

    [Fact]
    public async Task Failures_are_counted_by_their_reason_and_times_are_there()
    {
        await using var scorer = await ServeAsync("");
        await AskAsync(scorer, 1);
        await Assert.ThrowsAsync<InferenceException>(() => AskAsync(scorer, 9));
        var page = await scorer.Http.GetStringOrErrorAsync("/metrics");
        Assert.Equal(1, Value(page, "nv_inference_request_failure", ",reason=\"OTHER\""));
        Assert.Equal(0, Value(page, "nv_inference_request_failure", ",reason=\"REJECTED\""));
        Assert.Equal(0, Value(page, "nv_inference_pending_request_count"));
        foreach (var time in new[] { "request", "queue", "compute_input", "compute_infer", "compute_output" })
        {
            Assert.True(Value(page, $"nv_inference_{time}_duration_us") >= 0);
        }

        Assert.Contains("mlkit_scorer_requests_total", page);
        Assert.Contains("mlkit_scorer_memory_native_bytes", page);
        Assert.Contains("mlkit_scorer_provider_fallback", page);
    }

    [Fact]
    public async Task Statistics_count_the_same_and_list_the_batch_sizes()
    {
        await using var scorer = await ServeAsync("");
        await AskAsync(scorer, 1);
        await AskAsync(scorer, 8);
        await AskAsync(scorer, 8);
        using var document = JsonDocument.Parse(await scorer.Http.GetStringOrErrorAsync("/v2/models/adder/stats"));
        var stats = document.RootElement.GetProperty("model_stats")[0];
        Assert.Equal(17, stats.GetProperty("inference_count").GetInt32());
        Assert.Equal(3, stats.GetProperty("execution_count").GetInt32());
        Assert.Equal(3, stats.GetProperty("inference_stats").GetProperty("success").GetProperty("count").GetInt32());
        var sizes = stats.GetProperty("batch_stats").EnumerateArray()
            .Select(batch => (batch.GetProperty("batch_size").GetInt32(), batch.GetProperty("compute_infer").GetProperty("count").GetInt32()));
        Assert.Equal([(1, 1), (8, 2)], sizes);
        Assert.True(stats.GetProperty("memory_usage")[0].GetProperty("byte_size").GetInt64() > 0);
    }

    [Fact]
    public async Task Metrics_have_a_port_of_their_own_where_one_is_set()
    {
        _repository.Write("adder/model.onnx", OnnxFile.Adder(1));
        await using var scorer = await RunningScorer.ServeAsync(_repository.Path, _state.Path, "--MLKIT:SCORER:METRICSPORT", "0");
        using var http = new HttpClient { BaseAddress = scorer.MetricsAddress };
        Assert.Contains("nv_inference_count", await http.GetStringOrErrorAsync("/metrics"));
    }

    private Task<RunningScorer> ServeAsync(string config)
    {
        _repository.Write("adder/1/model.onnx", OnnxFile.Adder(1));
        _repository.Write("adder/config.pbtxt", Encoding.UTF8.GetBytes($"max_batch_size: 8 instance_group {{ count: 1 }} {config}"));
        return RunningScorer.ServeAsync(_repository.Path, _state.Path);
    }

    private static Task AskAsync(RunningScorer scorer, int rows) => scorer.Client.InferAsync(
        new InferRequest { ModelName = "adder", Inputs = [Tensor.Create<float>("x", new float[rows * 2], rows, 2)] }, TestContext.Current.CancellationToken);

    private static async Task<(long Success, long Rows, long Runs)> CountsAsync(RunningScorer scorer)
    {
        var page = await scorer.Http.GetStringOrErrorAsync("/metrics");
        return (Value(page, "nv_inference_request_success"), Value(page, "nv_inference_count"), Value(page, "nv_inference_exec_count"));
    }

    private static long Value(string page, string name, string labels = "")
    {
        var start = $"{name}{{model=\"adder\",version=\"1\"{labels}}} ";
        var line = page.Split('\n').Single(one => one.StartsWith(start, StringComparison.Ordinal));
        return long.Parse(line[start.Length..], System.Globalization.CultureInfo.InvariantCulture);
    }
}
