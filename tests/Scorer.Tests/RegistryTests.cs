using System.Net;
using MlKit.Inference;
using MlKit.Scorer.Tests.Support;
using MlKit.Tests;

namespace MlKit.Scorer.Tests;

public sealed class RegistryTests : IDisposable
{
    private const string Name = "adder";
    private const string Uri = "models:/adder@champion";
    private readonly TemporaryFolder _state = new();
    private readonly FakeRegistry _registry = new();

    public RegistryTests()
    {
        _registry.Register(Name, "1", OnnxFile.Adder(1));
        _registry.Register(Name, "2", OnnxFile.Adder(2));
        _registry.Register(Name, "3", [1, 2, 3]);
    }

    public void Dispose() => _state.Dispose();

    [Theory]
    [InlineData("10")]
    [InlineData("0.05")]
    [InlineData("0")]
    public async Task Moving_the_alias_under_load_fails_and_mixes_no_request(string retireSeconds)
    {
        _registry.SetAlias(Name, "champion", "1");
        await using var scorer = await StartAsync("--MLKIT:SCORER:RETIRESECONDS", retireSeconds);
        await scorer.ServesAsync(Name, "1");

        using var enough = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var load = Enumerable.Range(0, 4).Select(_ => AskUntilAsync(scorer, enough.Token)).ToArray();
        for (var move = 0; move < 20; move++)
        {
            var version = move % 2 == 0 ? "2" : "1";
            _registry.SetAlias(Name, "champion", version);
            await scorer.ServesAsync(Name, version);
        }

        await enough.CancelAsync();
        var answers = (await Task.WhenAll(load)).SelectMany(versions => versions).ToList();
        Assert.Contains("1", answers);
        Assert.Contains("2", answers);
    }

    [Fact]
    public async Task A_version_that_does_not_load_leaves_the_old_one_and_its_reason_is_visible()
    {
        _registry.SetAlias(Name, "champion", "1");
        await using var scorer = await StartAsync();
        await scorer.ServesAsync(Name, "1");

        _registry.SetAlias(Name, "champion", "3");
        await Eventually.True(async () => (await IndexAsync(scorer)).Contains("UNAVAILABLE"), TimeSpan.FromSeconds(20), "the failure is in the index");

        Assert.Equal(2f, await AddAsync(scorer));
        var health = await scorer.Http.GetAsync("/health", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
        Assert.Contains("serving version 1; version 3 failed to load", await health.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Without_a_champion_the_scorer_lives_but_is_not_ready_and_says_why()
    {
        await using var scorer = await StartAsync();
        await Eventually.True(
            async () => (await scorer.Http.GetStringOrErrorAsync("/health")).Contains("no such model or alias"), TimeSpan.FromSeconds(20), "the reason is in /health");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await scorer.Http.GetAsync("/health", TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await scorer.Http.GetAsync("/alive", TestContext.Current.CancellationToken)).StatusCode);
        var error = await Assert.ThrowsAsync<InferenceException>(() => AddAsync(scorer));
        Assert.Equal(InferenceErrorKind.Unavailable, error.Kind);

        _registry.SetAlias(Name, "champion", "2");
        await scorer.ServesAsync(Name, "2");
        Assert.Equal(HttpStatusCode.OK, (await scorer.Http.GetAsync("/health", TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task A_registry_that_goes_away_does_not_take_the_model_away()
    {
        _registry.SetAlias(Name, "champion", "1");
        await using var scorer = await StartAsync();
        await scorer.ServesAsync(Name, "1");

        _registry.Down = "the registry is on fire";
        await Eventually.True(async () => (await scorer.Http.GetStringOrErrorAsync("/health")).Contains("on fire"), TimeSpan.FromSeconds(20), "the reason is in /health");
        Assert.Equal(2f, await AddAsync(scorer));

        _registry.Down = null;
        await Eventually.True(async () => !(await scorer.Http.GetStringOrErrorAsync("/health")).Contains("on fire"), TimeSpan.FromSeconds(20), "the reason is gone");
    }

    [Fact]
    public async Task A_restart_loads_from_the_cache_and_a_damaged_copy_is_fetched_again()
    {
        _registry.SetAlias(Name, "champion", "1");
        await using (var first = await StartAsync())
        {
            await first.ServesAsync(Name, "1");
        }

        _registry.DownloadsDown = "no files today";
        await using (var second = await StartAsync())
        {
            await second.ServesAsync(Name, "1");
        }

        Assert.Equal(1, _registry.Downloads);
        var cached = Directory.EnumerateFiles(_state.Path, "model.onnx", SearchOption.AllDirectories).Single();
        await File.WriteAllTextAsync(cached, "damaged", TestContext.Current.CancellationToken);
        _registry.DownloadsDown = null;
        await using var third = await StartAsync();
        await third.ServesAsync(Name, "1");
        Assert.Equal(2, _registry.Downloads);
    }

    [Fact]
    public async Task A_full_disk_leaves_the_old_version_and_no_half_copy_and_is_tried_again()
    {
        _registry.SetAlias(Name, "champion", "1");
        await using var scorer = await StartAsync();
        await scorer.ServesAsync(Name, "1");
        _registry.DiskFull = "No space left on device";
        _registry.SetAlias(Name, "champion", "2");
        await Eventually.True(
            async () => (await scorer.Http.GetStringOrErrorAsync("/health")).Contains("No space left"), TimeSpan.FromSeconds(20), "the reason is in /health");
        Assert.Equal(2f, await AddAsync(scorer));
        Assert.Single(Directory.EnumerateDirectories(Path.Combine(_state.Path, "models")));

        _registry.DiskFull = null;
        await scorer.ServesAsync(Name, "2");
    }

    [Fact]
    public async Task A_volume_without_room_leaves_the_old_version_and_is_tried_again_when_there_is_room()
    {
        var state = Directory.CreateDirectory(Path.Combine(_state.Path, "small")).FullName;
        using var volume = SmallVolume.Mount(state, kilobytes: 512);
        _registry.Register(Name, "4", [.. OnnxFile.Adder(4), .. new byte[1 << 20]]);
        _registry.SetAlias(Name, "champion", "1");
        await using var scorer = await RunningScorer.StartAsync(state, _registry, "--MLKIT:SCORER:REGISTRYMODELS", Uri);
        await scorer.ServesAsync(Name, "1");
        _registry.SetAlias(Name, "champion", "4");
        await Eventually.True(
            async () => (await scorer.Http.GetStringOrErrorAsync("/health")).Contains("No space left on device"), TimeSpan.FromSeconds(20), "the reason is in /health");
        Assert.Equal(2f, await AddAsync(scorer));
        Assert.Single(Directory.EnumerateDirectories(Path.Combine(state, "models")));

        volume.Resize(kilobytes: 16 << 10);
        _registry.SetAlias(Name, "champion", "2");
        await scorer.ServesAsync(Name, "2");
    }

    [Fact]
    public async Task A_replaced_version_still_answers_by_its_number_for_a_while()
    {
        _registry.SetAlias(Name, "champion", "1");
        await using var scorer = await StartAsync();
        await scorer.ServesAsync(Name, "1");
        _registry.SetAlias(Name, "champion", "2");
        await scorer.ServesAsync(Name, "2");

        var old = await scorer.Client.InferAsync(Request() with { ModelVersion = "1" }, TestContext.Current.CancellationToken);
        Assert.Equal("1", old.ModelVersion);
    }

    private Task<RunningScorer> StartAsync(params string[] settings) =>
        RunningScorer.StartAsync(_state.Path, _registry, ["--MLKIT:SCORER:REGISTRYMODELS", Uri, .. settings]);

    private static InferRequest Request() => new() { ModelName = Name, Inputs = [Tensor.Create<float>("x", [1, 10], 1, 2)] };

    private static async Task<float> AddAsync(RunningScorer scorer) =>
        (await scorer.Client.InferAsync(Request(), TestContext.Current.CancellationToken)).Output("y").ToArray<float>()[0];

    private static async Task<string> IndexAsync(RunningScorer scorer)
    {
        var response = await scorer.Http.PostAsync("/v2/repository/index", null, TestContext.Current.CancellationToken);
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Asks without pause; every answer must be that of the version that it names.</summary>
    private static async Task<List<string>> AskUntilAsync(RunningScorer scorer, CancellationToken enough)
    {
        var versions = new List<string>();
        while (!enough.IsCancellationRequested)
        {
            var response = await scorer.Client.InferAsync(Request(), TestContext.Current.CancellationToken);
            var addend = float.Parse(response.ModelVersion, System.Globalization.CultureInfo.InvariantCulture);
            Assert.Equal([1 + addend, 10 + addend], response.Output("y").ToArray<float>());
            versions.Add(response.ModelVersion);
        }

        return versions;
    }
}
