using System.Diagnostics;
using MlKit.Mlflow;
using MlKit.TrainingWorker.Registry;
using MlKit.TrainingWorker.Tests.Support;

namespace MlKit.TrainingWorker.Tests;

/// <summary>A job that is stopped at any moment goes on where it was, to the same bytes.</summary>
public sealed class ResumeTests(Platform platform) : IClassFixture<Platform>
{
    private static readonly TimeSpan MostTimeToEnd = TimeSpan.FromSeconds(10);

    private int _starts;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_job_that_is_stopped_again_and_again_gives_the_bytes_of_an_undisturbed_one()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "signals are sent with kill");
        var mlflow = await platform.ConnectAsync();
        var data = platform.WriteCsv("data", SmallData.Generate());

        await using var proxy = new TrackingProxy(await platform.TrackingAsync(), open: true);
        (string, string) address = ("services__mlflow__http__0", proxy.Address);

        await EndsAtAsync(data, "write_features begins", "TERM");
        await EndsAtAsync(data, "tune_retrieval begins", "TERM");
        await EndsAtAsync(data, "train_ranker begins", "TERM");
        await EndsAtAsync(data, "train_ranker begins", "KILL");
        await EndsAtAsync(data, "evaluate_pipeline begins", "TERM");
        await EndsAtAsync(data, "register begins", "KILL", address, ("judge begins", proxy.Shut));
        var resumed = await platform.RunWorkerAsync(data, Search);
        Assert.True(resumed.ExitCode == 0, resumed.Output);
        Assert.Contains("This training was done before", resumed.Output, StringComparison.Ordinal);

        var undisturbed = await platform.RunWorkerAsync(data, [Search, ("MLKIT__TRAINING__FORCE", "true"), ("MLKIT__STATE__PATH", Path.Combine(platform.Folder, "undisturbed"))]);
        Assert.True(undisturbed.ExitCode == 0, undisturbed.Output);
        foreach (var (name, file) in new[] { (ModelNames.Retrieval, "model.onnx"), (ModelNames.Ranker, "model.onnx"), (ModelNames.Ranker, "model.zip") })
        {
            var (first, second) = (await BytesAsync(mlflow, name, "1", file), await BytesAsync(mlflow, name, "2", file));
            Assert.True(first.AsSpan().SequenceEqual(second), $"{name}/{file} differs");
        }

        await TrialsAreNestedAsync(mlflow);
    }

    /// <summary>Two usual shapes and four drawn ones: two rounds.</summary>
    private static (string, string) Search => ("MLKIT__TRAINING__TRIALS", "4");

    private async Task EndsAtAsync(
        string data, string moment, string signal, (string, string)? setting = null, (string Moment, Action Do)? before = null)
    {
        await using var worker = await platform.StartWorkerAsync([], [Search, ("MLKIT__DATA__PATH", data), .. setting is { } one ? [one] : Array.Empty<(string, string)>()]);
        if (before is { } first)
        {
            await worker.WritesAsync(first.Moment);
            first.Do();
        }

        await worker.WritesAsync(moment);
        Assert.Contains(_starts++ == 0 ? "Training, because" : "Taking up run", worker.Output, StringComparison.Ordinal);
        var clock = Stopwatch.StartNew();
        await worker.SignalAsync(signal);
        var exitCode = await worker.EndAsync();

        Assert.True(clock.Elapsed < MostTimeToEnd, $"{moment}: took {clock.Elapsed}");
        Assert.NotEqual(0, exitCode);
        if (signal == "TERM")
        {
            Assert.Equal(ExitCode.Failed, exitCode);
            Assert.Contains("training: stopped before the end; nothing was promoted", worker.Output, StringComparison.Ordinal);
        }
    }

    private static async Task TrialsAreNestedAsync(MlflowClient mlflow)
    {
        var parent = (await mlflow.GetModelVersionAsync(ModelNames.Ranker, "1", Stop))!.RunId!;
        var experiment = await mlflow.GetOrCreateExperimentAsync("recommender", Stop);
        var nested = (await mlflow.SearchRunsAsync([experiment.ExperimentId], $"tags.`mlflow.parentRunId` = '{parent}'", cancellationToken: Stop)).Items;

        Assert.Equal(Enumerable.Range(0, 6).Select(trial => $"trial-{trial}"), nested.Select(run => run.Info.RunName).Order());
        Assert.Single(nested, run => run.Data.Params.Contains(new Param("chosen", "yes")));
        Assert.Equal(6, nested.Select(run => string.Join(' ', run.Data.Params.Where(param => param.Key.StartsWith("ranker.", StringComparison.Ordinal)))).Distinct().Count());
        var rounds = new List<int>();
        foreach (var run in nested)
        {
            Assert.Equal(RunStatus.Finished, run.Info.Status);
            rounds.Add((await mlflow.GetMetricHistoryAsync(run.Info.RunId, "tuning_ndcg_at_10", Stop)).Count);
        }

        Assert.Equal([1, 1, 1, 1, 2, 2], rounds.Order());
    }

    private static async Task<byte[]> BytesAsync(MlflowClient mlflow, string name, string version, string file)
    {
        await using var stream = await mlflow.DownloadAsync($"models:/{name}/{version}", file, Stop);
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes, Stop);
        return bytes.ToArray();
    }
}
