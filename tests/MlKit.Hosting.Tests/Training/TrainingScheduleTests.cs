using Aspire.Hosting;
using Cronos;
using Microsoft.Extensions.Time.Testing;

namespace MlKit.Hosting.Tests;

public sealed class TrainingScheduleTests
{
    [Fact]
    public async Task A_job_is_started_at_each_time_of_its_schedule_until_the_host_stops()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 1, 1, 2, 59, 0, TimeSpan.Zero));
        using var stop = new CancellationTokenSource();
        var starts = new List<DateTimeOffset>();
        var following = TrainingSchedule.FollowAsync(
            CronExpression.Parse("0 3 * * *"),
            time,
            _ =>
            {
                starts.Add(time.GetUtcNow());
                return Task.CompletedTask;
            },
            stop.Token);

        time.Advance(TimeSpan.FromMinutes(1));
        time.Advance(TimeSpan.FromHours(23));
        time.Advance(TimeSpan.FromHours(1));

        Assert.Equal([new(2026, 1, 1, 3, 0, 0, TimeSpan.Zero), new(2026, 1, 2, 3, 0, 0, TimeSpan.Zero)], starts);
        await stop.CancelAsync();
        await following;
    }

    [Fact]
    public void A_schedule_that_is_none_is_refused_with_an_example()
    {
        var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions { DisableDashboard = true });
        var job = builder.AddExecutable("job", "sh", ".");

        var refused = Assert.Throws<DistributedApplicationException>(() => job.AsTrainingJob(schedule: "61 3 * * *"));

        Assert.Contains("0 3 * * *", refused.Message, StringComparison.Ordinal);
    }
}
