using System.Text.RegularExpressions;
using Aspire.Hosting.ApplicationModel;
using MlKit.Hosting;
using MlKit.Hosting.Kubernetes;

namespace Aspire.Hosting;

/// <summary>Makes a resource run to completion.</summary>
public static partial class TrainingJobExtensions
{
    private const int MostRetries = 20;

    private static readonly TimeSpan DefaultDeadline = TimeSpan.FromHours(6);
    private static readonly TimeSpan LongestDeadline = TimeSpan.FromDays(30);

    /// <summary>
    /// Publishes the resource as a Job in place of a Deployment, and as a CronJob as well where a schedule is given. On
    /// this machine it is a process that ends, and is started again at the times of the schedule while the host runs.
    /// </summary>
    /// <param name="builder">The resource.</param>
    /// <param name="schedule">When it runs again: a cron expression of five fields in UTC, such as <c>0 3 * * *</c>.</param>
    /// <param name="retries">How often it is tried again after a failure, 0 to 20.</param>
    /// <param name="deadline">After which time a run is given up, at most 30 days; six hours by default.</param>
    /// <param name="gpus">How many accelerators each pod gets, 0 to 16; <c>WithGpu</c> says which ones.</param>
    /// <exception cref="DistributedApplicationException">The schedule, retries or deadline is out of its range.</exception>
    public static IResourceBuilder<T> AsTrainingJob<T>(
        this IResourceBuilder<T> builder, string? schedule = null, int retries = 2, TimeSpan? deadline = null, int gpus = 0)
        where T : IComputeResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        var limit = deadline ?? DefaultDeadline;
        if (schedule is not null && !CronPattern().IsMatch(schedule))
        {
            throw new DistributedApplicationException(
                $"Resource '{builder.Resource.Name}': AsTrainingJob(schedule: '{schedule}') is no cron expression of five fields "
                + "(minute, hour, day, month, weekday), such as '0 3 * * *'.");
        }

        if (retries is < 0 or > MostRetries)
        {
            throw new DistributedApplicationException(
                $"Resource '{builder.Resource.Name}': AsTrainingJob(retries: {retries}) is not possible; 0 to {MostRetries} are allowed.");
        }

        if (limit < TimeSpan.FromSeconds(1) || limit > LongestDeadline)
        {
            throw new DistributedApplicationException(
                $"Resource '{builder.Resource.Name}': AsTrainingJob(deadline: {limit}) is not possible; 1 second to 30 days are allowed.");
        }

        if (gpus != 0)
        {
            builder.WithGpu(gpus);
        }

        var annotation = new TrainingJobAnnotation(schedule, retries, limit);
        TrainingSchedule.Add(builder.ApplicationBuilder, builder.Resource, annotation);
        TrainingProgress.Add(builder.ApplicationBuilder, builder.Resource);
        return builder
            .WithAnnotation(annotation, ResourceAnnotationMutationBehavior.Replace)
            .MapToKubernetes();
    }

    [GeneratedRegex(@"^[\d*,/-]+\s+[\d*,/-]+\s+[\d*,/?LW-]+\s+[\dA-Za-z*,/-]+\s+[\dA-Za-z*,/?#L-]+$")]
    private static partial Regex CronPattern();
}
