using System.Text.RegularExpressions;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace MlKit.Hosting;

/// <summary>
/// Tells in the properties of a job's resource which stage it is in and how far it is, as its log says: a line that ends with
/// <c>(NN % done)</c> and begins with the stage.
/// </summary>
internal static partial class TrainingProgress
{
    /// <summary>Property with the stage that runs or ran last.</summary>
    public const string StageProperty = "mlkit.job.stage";

    /// <summary>Property with the share that is done, from 0 to 1; the dashboard draws it.</summary>
    public const string ProgressProperty = "mlkit.job.progress";

    /// <summary>Begins when everything has started; follows every run of the job.</summary>
    public static void Add(IDistributedApplicationBuilder builder, IResource job)
    {
        if (builder.ExecutionContext.IsPublishMode)
        {
            return;
        }

        builder.Eventing.Subscribe<AfterResourcesCreatedEvent>((created, cancellation) =>
        {
            var stopping = created.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
            _ = FollowAsync(created.Services, job, stopping);
            return Task.CompletedTask;
        });
    }

    /// <summary>Stage and share of a line of the log, or null where it tells neither.</summary>
    internal static (string Stage, double Share)? Parse(string line) =>
        ProgressLine().Match(line) is { Success: true } match
            ? (match.Groups["stage"].Value, int.Parse(match.Groups["percent"].Value, System.Globalization.CultureInfo.InvariantCulture) / 100.0)
            : null;

    private static async Task FollowAsync(IServiceProvider services, IResource job, CancellationToken cancellationToken)
    {
        var notifications = services.GetRequiredService<ResourceNotificationService>();
        var logs = services.GetRequiredService<ResourceLoggerService>();
        try
        {
            while (true)
            {
                await notifications.WaitForResourceAsync(job.Name, KnownResourceStates.Running, cancellationToken).ConfigureAwait(false);
                await foreach (var lines in logs.WatchAsync(job).WithCancellation(cancellationToken).ConfigureAwait(false))
                {
                    if (lines.Select(line => Parse(line.Content)).LastOrDefault(told => told is not null) is { } told)
                    {
                        await notifications.PublishUpdateAsync(job, snapshot => With(snapshot, told.Stage, told.Share)).ConfigureAwait(false);
                    }
                }

                await notifications.WaitForResourceAsync(job.Name, KnownResourceStates.TerminalStates, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }
    }

    private static CustomResourceSnapshot With(CustomResourceSnapshot snapshot, string stage, double share) => snapshot with
    {
        Properties =
        [
            .. snapshot.Properties.Where(property => property.Name is not (StageProperty or ProgressProperty)),
            new ResourcePropertySnapshot(StageProperty, stage),
            new ResourcePropertySnapshot(ProgressProperty, share.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        ],
    };

    [GeneratedRegex(@"(?<stage>[a-z_]+)(: [\d.,]+ s| begins) \((?<percent>\d{1,3}) % done\)\s*$")]
    private static partial Regex ProgressLine();
}
