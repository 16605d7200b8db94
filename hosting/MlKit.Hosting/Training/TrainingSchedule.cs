using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Cronos;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace MlKit.Hosting;

/// <summary>Runs a job again at the times of its schedule, on this machine; in a cluster a CronJob does.</summary>
internal static class TrainingSchedule
{
    private static readonly TimeSpan LongestSleep = TimeSpan.FromDays(1);

    /// <summary>Begins when everything has started, unless a later annotation replaced this one.</summary>
    /// <exception cref="DistributedApplicationException">The schedule is no cron expression; the message names it.</exception>
    public static void Add(IDistributedApplicationBuilder builder, IResource job, TrainingJobAnnotation annotation)
    {
        if (annotation.Schedule is not { } schedule || builder.ExecutionContext.IsPublishMode)
        {
            return;
        }

        var expression = Parse(job.Name, schedule);
        builder.Eventing.Subscribe<AfterResourcesCreatedEvent>((created, cancellation) =>
        {
            if (ReferenceEquals(job.Annotations.OfType<TrainingJobAnnotation>().LastOrDefault(), annotation))
            {
                var services = created.Services;
                var time = services.GetService<TimeProvider>() ?? TimeProvider.System;
                var stopping = services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
                _ = FollowAsync(expression, time, token => StartAsync(services, job, token), stopping);
            }

            return Task.CompletedTask;
        });
    }

    /// <summary>Calls <paramref name="start"/> at each time of the expression, in UTC, until the token ends it.</summary>
    internal static async Task FollowAsync(CronExpression expression, TimeProvider time, Func<CancellationToken, Task> start, CancellationToken cancellationToken)
    {
        try
        {
            while (expression.GetNextOccurrence(time.GetUtcNow().UtcDateTime) is { } next)
            {
                // Timers cannot be set for months ahead.
                while (next - time.GetUtcNow().UtcDateTime is var left && left > TimeSpan.Zero)
                {
                    await Task.Delay(left < LongestSleep ? left : LongestSleep, time, cancellationToken).ConfigureAwait(false);
                }

                await start(cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }
    }

    // A run that takes longer than the time between two is not started a second time.
    private static Task StartAsync(IServiceProvider services, IResource job, CancellationToken cancellationToken)
    {
        var states = services.GetRequiredService<ResourceNotificationService>();
        var isEnded = !states.TryGetCurrentState(job.Name, out var current)
            || current.Snapshot.State?.Text is not { } state
            || state == KnownResourceStates.NotStarted
            || KnownResourceStates.TerminalStates.Contains(state);
        return isEnded
            ? services.GetRequiredService<ResourceCommandService>().ExecuteCommandAsync(job, KnownResourceCommands.StartCommand, cancellationToken)
            : Task.CompletedTask;
    }

    private static CronExpression Parse(string job, string schedule)
    {
        try
        {
            return CronExpression.Parse(schedule);
        }
        catch (CronFormatException e)
        {
            throw new DistributedApplicationException(
                $"Resource '{job}': AsTrainingJob(schedule: '{schedule}') is no cron expression of five fields (minute, hour, day, month, weekday), such as '0 3 * * *': {e.Message}", e);
        }
    }
}
