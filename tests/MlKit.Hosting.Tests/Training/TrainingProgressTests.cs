using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace MlKit.Hosting.Tests;

public sealed class TrainingProgressTests
{
    [Theory]
    [InlineData("info: MlKit.TrainingWorker.Pipeline.StageClock[81795610] tune_retrieval begins (12 % done)", "tune_retrieval", 0.12)]
    [InlineData("2026-01-01T00:00:00Z train_ranker: 3.25 s (84 % done)", "train_ranker", 0.84)]
    [InlineData("Training, because there is no champion", null, 0)]
    [InlineData("half of it (50 % done)", null, 0)]
    public void The_stage_and_the_share_are_read_from_a_line_of_the_log(string line, string? stage, double share)
    {
        var told = TrainingProgress.Parse(line);

        Assert.Equal((stage, share), (told?.Stage, told?.Share ?? 0));
    }

    [Fact]
    public async Task A_running_job_tells_its_stage_and_share_in_the_properties_of_its_resource_each_time_it_runs()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "uses a Unix shell");
        var folder = Directory.CreateTempSubdirectory("mlkit-progress-").FullName;
        var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions
        {
            DisableDashboard = true,
            ProjectDirectory = folder,
            Args = ["--MlKit:StatePath", Path.Combine(folder, ".mlkit"), "--MlKit:Console", "false"],
        });
        const string script = "n=$(cat count 2>/dev/null || echo 1); echo $((n + 1)) > count; echo \"load begins (0 % done)\"; echo \"stage_x begins (4$n % done)\"; exec tail -f /dev/null";
        builder.AddExecutable("job", "/bin/sh", folder, "-c", script).AsTrainingJob();
        await using var app = builder.Build();
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(90));
        await app.StartAsync(deadline.Token);

        await TellsAsync(app, "0.41", deadline.Token);
        await app.ResourceCommands.ExecuteCommandAsync("job", KnownResourceCommands.StopCommand, deadline.Token);
        await app.ResourceCommands.ExecuteCommandAsync("job", KnownResourceCommands.StartCommand, deadline.Token);
        await TellsAsync(app, "0.42", deadline.Token);

        await app.StopAsync(deadline.Token);
        Directory.Delete(folder, recursive: true);
    }

    private static Task TellsAsync(DistributedApplication app, string share, CancellationToken cancellationToken) =>
        app.ResourceNotifications.WaitForResourceAsync(
            "job",
            change => change.Snapshot.Properties.Any(property => property is { Name: TrainingProgress.StageProperty, Value: "stage_x" })
                && change.Snapshot.Properties.Any(property => property.Name == TrainingProgress.ProgressProperty && (string?)property.Value == share),
            cancellationToken);
}
