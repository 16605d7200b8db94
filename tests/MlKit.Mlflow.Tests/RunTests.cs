using System.Text;
using Microsoft.Extensions.DependencyInjection;
using MlKit.Mlflow;

namespace MlKit.Tests;

/// <summary>Experiments, runs and artifacts through the client, against the server.</summary>
public sealed class RunTests(TrackingServerFixture server) : IClassFixture<TrackingServerFixture>
{
    private readonly MlflowClient _client = new(new HttpClient { BaseAddress = server.Address });

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Callers_that_create_the_same_experiment_at_once_get_the_same_one()
    {
        var all = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _client.GetOrCreateExperimentAsync("shared", Stop)));
        Assert.Single(all.Select(experiment => experiment.ExperimentId).Distinct());
    }

    [Fact]
    public async Task What_a_run_logs_is_read_back()
    {
        var experiment = await _client.GetOrCreateExperimentAsync("logging", Stop);
        var run = await _client.CreateRunAsync(experiment.ExperimentId, "first", [new Tag("kind", "test")], Stop);
        var id = run.Info.RunId;
        await _client.LogParamAsync(id, "lr", "0.1", Stop);
        await _client.LogMetricAsync(id, "loss", double.NaN, 3, cancellationToken: Stop);
        await _client.LogBatchAsync(
            id,
            [.. Enumerable.Range(0, 2500).Select(step => new Metric("many", step / 2.0, 1_700_000_000_000 + step, step))],
            [.. Enumerable.Range(0, 250).Select(index => new Param($"p{index}", $"{index}"))],
            [.. Enumerable.Range(0, 150).Select(index => new Tag($"t{index}", $"{index}"))],
            Stop);
        await _client.UpdateRunAsync(id, RunStatus.Finished, cancellationToken: Stop);

        var read = await _client.GetRunAsync(id, Stop);
        Assert.Equal(("first", RunStatus.Finished), (read.Info.RunName, read.Info.Status));
        Assert.NotNull(read.Info.EndTime);
        Assert.Equal(251, read.Data.Params.Count);
        Assert.Equal("test", read.Data.Tags.Single(tag => tag.Key == "kind").Value);
        Assert.Equal(1249.5, read.Data.Metrics.Single(metric => metric.Key == "many").Value);
        Assert.True(double.IsNaN(read.Data.Metrics.Single(metric => metric.Key == "loss").Value));
        Assert.Equal(2500, (await _client.GetMetricHistoryAsync(id, "many", Stop)).Count);
    }

    [Fact]
    public async Task Runs_are_found_page_by_page_in_order()
    {
        var experiment = await _client.GetOrCreateExperimentAsync("search", Stop);
        for (var i = 0; i < 5; i++)
        {
            var run = await _client.CreateRunAsync(experiment.ExperimentId, $"run-{i}", cancellationToken: Stop);
            await _client.LogMetricAsync(run.Info.RunId, "score", i, cancellationToken: Stop);
        }

        var names = new List<string>();
        string? token = null;
        do
        {
            var page = await _client.SearchRunsAsync(
                [experiment.ExperimentId], "metrics.score > 0", ["metrics.score DESC"], 2, token, cancellationToken: Stop);
            names.AddRange(page.Items.Select(run => run.Info.RunName));
            token = page.NextPageToken;
        }
        while (token is not null);

        Assert.Equal(["run-4", "run-3", "run-2", "run-1"], names);
    }

    [Fact]
    public async Task A_refusal_carries_the_servers_code_and_words()
    {
        var run = await _client.CreateRunAsync("0", "refused", cancellationToken: Stop);
        await _client.LogParamAsync(run.Info.RunId, "a", "1", Stop);
        var error = await Assert.ThrowsAsync<MlflowException>(() => _client.LogParamAsync(run.Info.RunId, "a", "2", Stop));
        Assert.Equal("INVALID_PARAMETER_VALUE", error.ErrorCode);
        var missing = await Assert.ThrowsAsync<MlflowException>(() => _client.GetRunAsync("nope", Stop));
        Assert.True(missing.IsMissing);
    }

    [Theory]
    [InlineData("notes.txt")]
    [InlineData("a folder/Grüße & 100%.txt")]
    [InlineData("deep/er/file+plus.bin")]
    public async Task An_artifact_comes_back_as_it_went(string path)
    {
        var run = await _client.CreateRunAsync("0", "artifacts", cancellationToken: Stop);
        var bytes = Encoding.UTF8.GetBytes("content of " + path);
        await _client.UploadAsync(run.Info.RunId, path, new MemoryStream(bytes), cancellationToken: Stop);
        await using var stream = await _client.DownloadAsync(run.Info.RunId, path, Stop);
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy, Stop);
        Assert.Equal(bytes, copy.ToArray());
        var slash = path.LastIndexOf('/');
        var listed = await _client.ListArtifactsAsync(run.Info.RunId, slash < 0 ? null : path[..slash], Stop);
        Assert.Contains(listed, entry => entry.Path == path && entry.FileSize == bytes.Length);
    }

    [Theory]
    [InlineData("../x")]
    [InlineData("a/../../x")]
    [InlineData("./x")]
    public async Task A_path_that_leaves_the_run_is_refused(string path)
    {
        var run = await _client.CreateRunAsync("0", "escape", cancellationToken: Stop);
        await Assert.ThrowsAsync<ArgumentException>(() => _client.UploadAsync(run.Info.RunId, path, new MemoryStream(), cancellationToken: Stop));
    }

    [Fact]
    public async Task The_client_comes_from_dependency_injection()
    {
        var services = new ServiceCollection();
        services.AddMlflowClient(server.Address.AbsoluteUri);
        await using var provider = services.BuildServiceProvider();
        var client = provider.GetRequiredService<MlflowClient>();
        Assert.Equal("Default", (await client.GetExperimentAsync("0", Stop)).Name);
    }
}
