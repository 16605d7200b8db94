using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using MlKit.Tests;

namespace MlKit.Hosting.Tests;

public sealed class ScheduledRunTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_running_host_starts_a_job_again_at_the_times_of_its_schedule()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "uses a Unix shell");
        var folder = Directory.CreateTempSubdirectory("mlkit-schedule-").FullName;
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 1, 1, 2, 59, 30, TimeSpan.Zero));
        var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions
        {
            DisableDashboard = true,
            ProjectDirectory = folder,
            Args = ["--MlKit:StatePath", Path.Combine(folder, ".mlkit"), "--MlKit:Console", "false"],
        });
        builder.Services.AddSingleton<TimeProvider>(time);
        var runs = Path.Combine(folder, "runs");
        builder.AddExecutable("job", "/bin/sh", ".", "-c", $"echo run >> '{runs}'").AsTrainingJob(schedule: "0 3 * * *");
        // Subscribers are called in their order: when this one is, the schedule is being followed.
        var followed = new TaskCompletionSource();
        builder.Eventing.Subscribe<AfterResourcesCreatedEvent>((_, _) =>
        {
            followed.SetResult();
            return Task.CompletedTask;
        });
        await using var app = builder.Build();
        await app.StartAsync(TestContext.Current.CancellationToken);
        await UntilRunsAsync(app, runs, 1);
        await followed.Task.WaitAsync(Deadline, TestContext.Current.CancellationToken);

        for (var run = 2; run <= 3; run++)
        {
            // The clock stands still until it is moved: to the next time of the schedule, and not to the one after it.
            time.SetUtcNow(new DateTimeOffset(2026, 1, run - 1, 3, 0, 0, TimeSpan.Zero));
            await UntilRunsAsync(app, runs, run);
        }

        await app.StopAsync(TestContext.Current.CancellationToken);
        Directory.Delete(folder, recursive: true);
    }

    private static async Task UntilRunsAsync(DistributedApplication app, string file, int count)
    {
        await Eventually.True(() => Task.FromResult(File.Exists(file) && File.ReadAllLines(file).Length == count), Deadline, $"it ran {count} times");
        await app.ResourceNotifications.WaitForResourceAsync("job", KnownResourceStates.Finished, TestContext.Current.CancellationToken).WaitAsync(Deadline, TestContext.Current.CancellationToken);
    }
}
