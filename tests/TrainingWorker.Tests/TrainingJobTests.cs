using System.Diagnostics;
using MlKit.Mlflow;
using MlKit.Recommendation.Data;
using MlKit.Tests;
using MlKit.TrainingWorker.Registry;
using MlKit.TrainingWorker.Tests.Support;

namespace MlKit.TrainingWorker.Tests;

/// <summary>The job against a real tracking server and online store; one story, so the steps share one test.</summary>
public sealed class TrainingJobTests(Platform platform) : IClassFixture<Platform>
{
    private static readonly SyntheticOptions Small = new() { Users = 300, Items = 180, MeanEventsPerUser = 30 };

    [Fact]
    public async Task The_job_trains_once_promotes_and_trains_again_only_for_a_reason()
    {
        var mlflow = await platform.ConnectAsync();
        var data = platform.WriteCsv("first", SyntheticData.Generate(Small));

        var first = await platform.RunWorkerAsync(data);
        Assert.True(first.ExitCode == 0, first.Output);
        Assert.Contains("Training, because there is no champion", first.Output, StringComparison.Ordinal);
        var champion = await ChampionAsync(mlflow);
        await ShowsWhatItDidAsync(mlflow, champion);
        await PythonLoadsThemAsync();

        var second = await platform.RunWorkerAsync(data);
        Assert.True(second.ExitCode == 0, second.Output);
        Assert.Contains($"Champion is current, no training: {champion}", second.Output, StringComparison.Ordinal);
        Assert.Equal(champion.Ranker.Version, (await ChampionAsync(mlflow)).Ranker.Version);

        var grown = platform.WriteCsv("grown", SyntheticData.Generate(Small with { Users = 310 }));
        var third = await platform.RunWorkerAsync(grown, ("LD_LIBRARY_PATH", HiddenLibrary()));
        Assert.True(third.ExitCode == 0, third.Output);
        Assert.Contains("Training, because the data changed", third.Output, StringComparison.Ordinal);
        Assert.Contains(OperatingSystem.IsLinux() ? "the ranking model is trained with FastTree instead" : "", third.Output, StringComparison.Ordinal);
        var successor = await ChampionAsync(mlflow);
        Assert.NotEqual(champion.Ranker.Version, successor.Ranker.Version);
        var run = await mlflow.GetRunAsync(successor.Ranker.RunId!, TestContext.Current.CancellationToken);
        Assert.Contains(run.Data.Tags, tag => tag.Key == "mlkit.ranker" && (tag.Value == "fasttree" || !OperatingSystem.IsLinux()));

        await TheGateRefusesAsync(mlflow, successor);
        await FeedbackChangesTheNextTrainingAsync(mlflow);
    }

    /// <summary>And a registered model can be judged on any data.</summary>
    private async Task FeedbackChangesTheNextTrainingAsync(MlflowClient mlflow)
    {
        var data = platform.WriteCsv("feedback", SyntheticData.Generate(Small with { Seed = 5 }));
        (string, string)[] own =
            [("MLKIT__FEAST__REGISTRY", Path.Combine(platform.Folder, "other", "registry.db")), ("MLKIT__FEAST__OFFLINE", Path.Combine(platform.Folder, "other", "offline")),
            ("MLKIT__FEAST__PROJECT", "other"), ("MLKIT__TRAINING__EXPERIMENT", "feedback"), ("MLKIT__DATA__EVENTS", Path.Combine(platform.Folder, "events"))];
        var before = await platform.RunWorkerAsync(data, own);
        Assert.Contains("interactions of 300 users", before.Output, StringComparison.Ordinal);

        platform.WriteText(Path.Combine("events", "date=2026-01-01", "writer=w", "part-0.jsonl"),
            """{"eventId":"e1","userId":"fresh","itemId":"7","type":"view","value":null,"timestamp":"2026-01-01T00:00:00+00:00"}""" + "\n");
        var after = await platform.RunWorkerAsync(data, own);

        Assert.Contains("interactions of 301 users", after.Output, StringComparison.Ordinal);
        Assert.Contains("Training, because", after.Output, StringComparison.Ordinal);
        foreach (var name in new[] { "recommender-retrieval", "recommender-ranker" })
        {
            var version = (await mlflow.SearchModelVersionsAsync($"name = '{name}'", cancellationToken: TestContext.Current.CancellationToken)).Items[0];
            var (exitCode, output) = await platform.RunCommandAsync(
                "evaluate", "--model", $"models:/{name}/{version.Version}", "--data", data, "--protocol", "latest-out", "--json");
            Assert.True(exitCode == 0, output);
            Assert.Contains("\"ndcg@10\"", output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_training_that_the_server_does_not_take_is_kept_and_uploaded_later()
    {
        var mlflow = await platform.ConnectAsync();
        var folder = Path.Combine(platform.Folder, "kept");
        var model = new PackagedModel
        {
            Name = "kept-model",
            ModelType = "ranker",
            Inputs = [new TensorSpec("features", "float32", [-1, 2])],
            Outputs = [new TensorSpec("scores", "float32", [-1, 1])],
            InputExampleJson = "{\"inputs\":{\"features\":[[0,0]]}}",
        };
        var package = new TrainingPackage
        {
            Experiment = "kept",
            RunName = "kept",
            RunId = "0123456789abcdef0123456789abcdef",
            Params = [new Param("a", "1")],
            Metrics = [new Metric("m", 1, 1)],
            Tags = [],
            VersionTags = [],
            Models = [model],
            Gates = [new GateFinding { Name = "g", Passed = true, Detail = "fine" }],
        };
        package.Write(folder, new Dictionary<string, byte[]> { ["plots/a.svg"] = [1] }, new Dictionary<string, byte[]> { ["kept-model/model.onnx"] = [1, 2] });

        var (exitCode, output) = await platform.RunCommandAsync("upload", "--from", folder);

        Assert.True(exitCode == 0, output);
        Assert.False(Directory.Exists(folder));
        var champion = await mlflow.GetModelVersionByAliasAsync("kept-model", "champion", TestContext.Current.CancellationToken);
        Assert.Equal("1", champion?.Version);
        Assert.NotEmpty(await mlflow.ListArtifactsAsync(champion!.RunId!, "plots", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Broken_data_end_the_job_with_file_and_line()
    {
        var file = platform.WriteText("broken.csv", "user,item,timestamp\nu,i,1\nu,j,never\n");

        var (exitCode, output) = await platform.RunWorkerAsync(file);

        Assert.Equal(1, exitCode);
        Assert.Contains($"training: the data cannot be used: {file}:3: timestamp 'never'", output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_little_data_end_the_job_with_the_reason()
    {
        var file = platform.WriteText("tiny.csv", "user,item\nu,i\nu,j\nv,i\n");

        var (exitCode, output) = await platform.RunWorkerAsync(file);

        Assert.Equal(1, exitCode);
        Assert.Contains("has too little history to train on", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tracking_server_that_is_gone_ends_the_job_in_bounded_time()
    {
        var clock = Stopwatch.StartNew();

        var (exitCode, output) = await platform.RunWorkerAsync(
            platform.WriteCsv("unused", SyntheticData.Generate(Small)),
            ("services__mlflow__http__0", $"http://127.0.0.1:{ServiceProcess.FreePort()}"),
            ("MLKIT__TRAINING__PATIENCESECONDS", "5"));

        Assert.Equal(1, exitCode);
        Assert.Contains("training: the tracking server failed", output, StringComparison.Ordinal);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(90));
    }

    private static async Task<Champion> ChampionAsync(MlflowClient mlflow)
    {
        var champion = await new ModelRegistry(mlflow).FindChampionAsync(TestContext.Current.CancellationToken);
        Assert.NotNull(champion);
        Assert.True(champion.IsPair);
        return champion;
    }

    /// <summary>A folder in which the loader finds an OpenMP library that it cannot take: LightGBM does not load.</summary>
    private string HiddenLibrary() => Path.GetDirectoryName(platform.WriteText(Path.Combine("hidden", "libgomp.so.1"), ""))!;

    private async Task ShowsWhatItDidAsync(MlflowClient mlflow, Champion champion)
    {
        var run = await mlflow.GetRunAsync(champion.Ranker.RunId!, TestContext.Current.CancellationToken);
        Assert.Equal(RunStatus.Finished, run.Info.Status);
        var metrics = run.Data.Metrics.ToDictionary(metric => metric.Key, metric => metric.Value);
        Assert.True(metrics["ndcg_at_10"] > metrics["popularity_ndcg_at_10"]);
        Assert.True(metrics["hr_at_10"] > metrics["popularity_hr_at_10"]);
        Assert.Contains("seconds_tune_retrieval", metrics.Keys);
        Assert.Contains(run.Data.Params, param => param.Key == "data.fingerprint");

        var plots = await mlflow.ListArtifactsAsync(champion.Ranker.RunId!, "plots", TestContext.Current.CancellationToken);
        Assert.Equal(["learning_curve.svg", "popularity_bias.svg", "slices.svg"], plots.Select(file => Path.GetFileName(file.Path)).Order());
        var curve = await mlflow.GetMetricHistoryAsync(champion.Ranker.RunId!, "tuning_ndcg_at_10", TestContext.Current.CancellationToken);
        Assert.True(curve.Count > 5);

        foreach (var version in new[] { champion.Retrieval, champion.Ranker })
        {
            var files = await mlflow.ListArtifactsAsync(version.Source!, cancellationToken: TestContext.Current.CancellationToken);
            Assert.Contains("model.onnx", files.Select(file => file.Path));
            Assert.Contains("MLmodel", files.Select(file => file.Path));
            await IsSignedAsync(mlflow, version);
        }
    }

    /// <summary>The real MLflow client, where it is installed.</summary>
    private async Task PythonLoadsThemAsync()
    {
        var python = Path.Combine(Repository.Root, ".tools", "python-mlflow", "bin", "python");
        if (!File.Exists(python))
        {
            TestContext.Current.AddWarning("the Python client is not installed (tests/tools/get-mlflow-client.sh); the models were not loaded with it");
            return;
        }

        var start = new ProcessStartInfo(python, [Path.Combine(Repository.Root, "tests", "Clients", "mlflow-models", "recommender.py"), await platform.TrackingAsync()])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["MLFLOW_DISABLE_TELEMETRY"] = start.Environment["DO_NOT_TRACK"] = "true";
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0 && output.TrimEnd().EndsWith("ok", StringComparison.Ordinal), output + await errors);
    }

    /// <summary>Whoever serves the version can check the verdict with the public key alone.</summary>
    private async Task IsSignedAsync(MlflowClient mlflow, ModelVersion version)
    {
        var folder = Path.Combine(platform.Folder, "downloaded", version.Name, version.Version);
        await mlflow.DownloadModelAsync(version, folder, TestContext.Current.CancellationToken);
        var signed = SignedGateDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(folder, SignedGateDocument.FileName), TestContext.Current.CancellationToken));
        var key = await File.ReadAllTextAsync(Path.Combine(platform.Folder, "training", "keys", GateSigningKey.PublicFileName), TestContext.Current.CancellationToken);

        var document = signed.Verify(key, await ModelDigest.ComputeAsync(folder, TestContext.Current.CancellationToken), DateTimeOffset.UtcNow);

        Assert.Equal((version.Name, version.RunId, GateDocument.Passed), (document.Model, document.RunId, document.Verdict));
        Assert.Equal(7, document.Gates.Count);
    }

    /// <summary>Data in which popularity is already perfect cannot be beaten.</summary>
    private async Task TheGateRefusesAsync(MlflowClient mlflow, Champion champion)
    {
        var text = new System.Text.StringBuilder("user,item,timestamp\n");
        for (var user = 0; user < 60; user++)
        {
            for (var event_ = 0; event_ < 6; event_++)
            {
                text.Append(null, $"{user},{100 + ((user + (event_ * 7)) % 40)},{(user * 10) + event_}\n");
            }

            text.Append(null, $"{user},1,{(user * 10) + 9}\n");
        }

        // Users of one event are nobody's task, but they make item 1 the most popular of all.
        for (var user = 1000; user < 1100; user++)
        {
            text.Append(null, $"{user},1,1\n");
        }

        var refused = await platform.RunWorkerAsync(platform.WriteText("perfect.csv", text.ToString()));

        Assert.True(refused.ExitCode == 3, refused.Output);
        Assert.Contains("does not beat popularity", refused.Output, StringComparison.Ordinal);
        Assert.Equal(champion.Ranker.Version, (await ChampionAsync(mlflow)).Ranker.Version);
    }
}
