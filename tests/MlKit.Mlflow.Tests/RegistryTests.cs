using MlKit.Mlflow;

namespace MlKit.Tests;

/// <summary>Models through the client, against the server: from a run to an alias that is resolved and downloaded.</summary>
public sealed class RegistryTests(TrackingServerFixture server) : IClassFixture<TrackingServerFixture>
{
    private static readonly byte[] SomeBytes = [8, 8, 1, 2, 3];

    private readonly MlflowClient _client = new(new HttpClient { BaseAddress = server.Address });

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_logged_model_becomes_a_version_that_its_alias_finds()
    {
        var run = await _client.CreateRunAsync("0", "training", cancellationToken: Stop);
        var model = await LogAsync(run);
        Assert.Equal(LoggedModelStatus.Ready, model.Info.Status);

        var registered = await _client.RegisterModelAsync("published", cancellationToken: Stop);
        Assert.Equal("published", (await _client.RegisterModelAsync("published", cancellationToken: Stop)).Name);
        var version = await _client.CreateModelVersionAsync(registered.Name, $"models:/{model.Info.ModelId}", cancellationToken: Stop);
        Assert.Equal(("1", run.Info.RunId, "READY"), (version.Version, version.RunId, version.Status));
        await _client.SetAliasAsync("published", "champion", version.Version, Stop);
        await _client.SetModelVersionTagAsync("published", "1", "quality", "good", Stop);

        var resolved = await _client.ResolveModelVersionAsync("models:/published@champion", Stop);
        Assert.Equal("1", resolved!.Version);
        Assert.Equal(["champion"], resolved.Aliases);
        Assert.Equal(new Tag("quality", "good"), Assert.Single(resolved.Tags));
        Assert.Equal("1", (await _client.ResolveModelVersionAsync("models:/published/latest", Stop))!.Version);
        Assert.Equal("1", (await _client.ResolveModelVersionAsync("models:/published/1", Stop))!.Version);
    }

    [Fact]
    public async Task A_version_is_downloaded_whole()
    {
        var run = await _client.CreateRunAsync("0", "training", cancellationToken: Stop);
        var model = await LogAsync(run);
        await _client.RegisterModelAsync("downloaded", cancellationToken: Stop);
        var version = await _client.CreateModelVersionAsync("downloaded", $"models:/{model.Info.ModelId}", cancellationToken: Stop);
        var folder = Directory.CreateTempSubdirectory("mlkit-model-");
        try
        {
            var files = await _client.DownloadModelAsync(version, folder.FullName, Stop);
            Assert.Equal(
                ["MLmodel", "conda.yaml", "extra/vocabulary.txt", "input_example.json", "model.onnx", "python_env.yaml", "requirements.txt", "serving_input_example.json"],
                files.Order(StringComparer.Ordinal));
            Assert.Equal(SomeBytes, await File.ReadAllBytesAsync(Path.Combine(folder.FullName, "model.onnx"), Stop));
            var description = await MlModelFile.ReadAsync(folder.FullName, Stop);
            Assert.Equal((model.Info.ModelId, run.Info.RunId), (description.ModelId, description.RunId));
            Assert.Equal("features", Assert.Single(description.Signature!.Inputs).Name);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task What_does_not_exist_is_null()
    {
        Assert.Null(await _client.GetModelVersionByAliasAsync("no-such-model", "champion", Stop));
        Assert.Null(await _client.GetModelVersionAsync("no-such-model", "1", Stop));
        Assert.Null(await _client.GetRegisteredModelAsync("no-such-model", Stop));
        Assert.Null(await _client.GetExperimentByNameAsync("no-such-experiment", Stop));
        await _client.RegisterModelAsync("without-versions", cancellationToken: Stop);
        Assert.Null(await _client.GetModelVersionByAliasAsync("without-versions", "champion", Stop));
        Assert.Null(await _client.ResolveModelVersionAsync("models:/without-versions/latest", Stop));
    }

    [Fact]
    public async Task An_alias_moves_and_goes()
    {
        await _client.RegisterModelAsync("moving", cancellationToken: Stop);
        await _client.CreateModelVersionAsync("moving", "s3://bucket/one", cancellationToken: Stop);
        await _client.CreateModelVersionAsync("moving", "s3://bucket/two", cancellationToken: Stop);
        await _client.SetAliasAsync("moving", "champion", "1", Stop);
        await _client.SetAliasAsync("moving", "champion", "2", Stop);
        Assert.Equal("2", (await _client.GetModelVersionByAliasAsync("moving", "champion", Stop))!.Version);
        await _client.DeleteAliasAsync("moving", "champion", Stop);
        Assert.Null(await _client.GetModelVersionByAliasAsync("moving", "champion", Stop));
        await _client.DeleteModelVersionAsync("moving", "2", Stop);
        var next = await _client.CreateModelVersionAsync("moving", "s3://bucket/three", cancellationToken: Stop);
        Assert.Equal("3", next.Version);
        var found = await _client.SearchModelVersionsAsync("name = 'moving'", ["version_number DESC"], cancellationToken: Stop);
        Assert.Equal(["3", "1"], found.Items.Select(version => version.Version));
        await _client.DeleteRegisteredModelAsync("moving", Stop);
        Assert.Null(await _client.GetRegisteredModelAsync("moving", Stop));
    }

    private Task<LoggedModel> LogAsync(Run run) => _client.LogOnnxModelAsync(
        new OnnxModelLog
        {
            ExperimentId = run.Info.ExperimentId,
            RunId = run.Info.RunId,
            Name = "ranker",
            Onnx = SomeBytes,
            Signature = new ModelSignature(
                [new TensorSpec("features", "float32", [-1, 4])], [new TensorSpec("scores", "float32", [-1, 1])]),
            InputExampleJson = """{"features": [[1, 2, 3, 4]]}""",
            Files = new Dictionary<string, ReadOnlyMemory<byte>> { ["extra/vocabulary.txt"] = "a\nb\n"u8.ToArray() },
        },
        Stop);
}
