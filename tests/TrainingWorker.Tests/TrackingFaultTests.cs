using System.Text.RegularExpressions;
using MlKit.Mlflow;
using MlKit.Tests;
using MlKit.TrainingWorker.Registry;
using MlKit.TrainingWorker.Tests.Support;

namespace MlKit.TrainingWorker.Tests;

/// <summary>A tracking server that is away for a while costs time, one that stays away costs nothing but an upload.</summary>
public sealed partial class TrackingFaultTests(Platform platform) : IClassFixture<Platform>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_server_that_is_away_is_waited_for_and_one_that_stays_away_leaves_the_training_in_a_folder()
    {
        var mlflow = await platform.ConnectAsync();
        await using var proxy = new TrackingProxy(await platform.TrackingAsync(), open: false);
        (string, string) address = ("services__mlflow__http__0", proxy.Address);

        // Away at the start and again while the models are trained: buffered, nothing is lost.
        await using (var worker = await platform.StartWorkerAsync([], address, ("MLKIT__DATA__PATH", platform.WriteCsv("first", SmallData.Generate()))))
        {
            await Eventually.True(() => Task.FromResult(proxy.Refused > 1), TimeSpan.FromSeconds(60), "the worker has asked twice");
            proxy.Open();
            await worker.WritesAsync("train_ranker begins");
            proxy.Shut();
            await worker.WritesAsync("register begins");
            var before = proxy.Refused;
            await Eventually.True(() => Task.FromResult(proxy.Refused > before + 1), TimeSpan.FromSeconds(60), "the upload was tried twice");
            proxy.Open();
            Assert.True(await worker.EndAsync() == 0, worker.Output);
        }

        var champion = await new ModelRegistry(mlflow).FindChampionAsync(Stop);
        await HoldsEverythingAsync(mlflow, champion!);

        // Away for good.
        await using (var worker = await platform.StartWorkerAsync([], address, ("MLKIT__TRAINING__PATIENCESECONDS", "2"), ("MLKIT__TRAINING__FORCE", "true"), ("MLKIT__DATA__PATH", platform.WriteCsv("first", SmallData.Generate()))))
        {
            await worker.WritesAsync("train_ranker begins");
            proxy.Shut();
            Assert.True(await worker.EndAsync() == 1, worker.Output);
            Assert.Contains("the tracking server does not take the training", worker.Output, StringComparison.Ordinal);
            var folder = UploadCommand().Match(worker.Output).Groups[1].Value;
            var sent = await platform.RunCommandAsync("upload", "--from", folder);
            Assert.True(sent.ExitCode == 0, sent.Output);
        }

        var next = await new ModelRegistry(mlflow).FindChampionAsync(Stop);
        Assert.Equal((next!.Ranker.Name, "2"), (next.Ranker.Name, next.Ranker.Version));
        await HoldsEverythingAsync(mlflow, next);
    }

    private static async Task HoldsEverythingAsync(MlflowClient mlflow, Champion champion)
    {
        Assert.True(champion.IsPair);
        var run = await mlflow.GetRunAsync(champion.Ranker.RunId!, Stop);
        Assert.Equal(RunStatus.Finished, run.Info.Status);
        Assert.Contains(run.Data.Metrics, metric => metric.Key == "ndcg_at_10");
        Assert.Contains(run.Data.Params, param => param.Key == "ranker.trees");
        Assert.NotEmpty(await mlflow.GetMetricHistoryAsync(run.Info.RunId, "tuning_ndcg_at_10", Stop));
        Assert.Equal(3, (await mlflow.ListArtifactsAsync(run.Info.RunId, "plots", Stop)).Count);
        foreach (var version in new[] { champion.Retrieval, champion.Ranker })
        {
            Assert.Contains("MLmodel", (await mlflow.ListArtifactsAsync(version.Source!, cancellationToken: Stop)).Select(file => file.Path));
        }
    }

    [GeneratedRegex(@"upload --from (\S+)")]
    private static partial Regex UploadCommand();
}
