using System.Collections.Immutable;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MlKit.Aspire.Embedded.Runtime;

namespace MlKit.Aspire.Embedded.Health;

/// <summary>Takes the health checks of running instances and announces each as ready at its first healthy report.</summary>
internal sealed class HealthMonitor(
    HealthCheckService checks,
    IOptions<HealthCheckServiceOptions> registered,
    ResourceNotificationService notifications,
    IDistributedApplicationEventing eventing,
    IServiceProvider services,
    TimeProvider time,
    ILogger<HealthMonitor> logger)
{
    private static readonly TimeSpan HealthyInterval = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan FirstInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan StartingLimit = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan UnhealthyLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan CheckDeadline = TimeSpan.FromSeconds(5);

    /// <summary>Fails when a resource names a health check that nobody registered.</summary>
    /// <exception cref="DistributedApplicationException">The message has the resource and the key.</exception>
    public void Validate(IEnumerable<IResource> resources)
    {
        var known = registered.Value.Registrations.Select(r => r.Name).ToHashSet(StringComparer.Ordinal);
        var missing = resources
            .SelectMany(r => r.Annotations.OfType<HealthCheckAnnotation>(), (resource, check) => (resource.Name, check.Key))
            .FirstOrDefault(pair => !known.Contains(pair.Key));
        if (missing.Key is not null)
        {
            throw new DistributedApplicationException(
                $"the health check '{missing.Key}' of '{missing.Name}' is not registered; add it with builder.Services.AddHealthChecks()");
        }
    }

    /// <summary>Watches every instance while it is running, whoever made it run, until the token ends it.</summary>
    public async Task FollowAsync(CancellationToken cancellationToken)
    {
        var watched = new Dictionary<string, CancellationTokenSource>(StringComparer.OrdinalIgnoreCase);
        try
        {
            await foreach (var change in notifications.WatchAsync(cancellationToken))
            {
                var running = change.Snapshot.State?.Text == KnownResourceStates.Running;
                if (running && !watched.ContainsKey(change.ResourceId))
                {
                    var own = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                    watched.Add(change.ResourceId, own);
                    _ = WatchAsync(change.Resource, change.ResourceId, own.Token);
                }
                else if (!running && watched.Remove(change.ResourceId, out var ended))
                {
                    await ended.CancelAsync();
                    ended.Dispose();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }
    }

    private async Task WatchAsync(IResource resource, string id, CancellationToken cancellationToken)
    {
        try
        {
            var keys = SnapshotDefaults.HealthKeys(resource).ToHashSet(StringComparer.Ordinal);
            if (keys.Count == 0)
            {
                await AnnounceAsync(resource, id, cancellationToken);
                return;
            }

            await CheckAsync(resource, id, keys, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // The instance ended.
        }
    }

    private async Task CheckAsync(IResource resource, string id, HashSet<string> keys, CancellationToken cancellationToken)
    {
        var ready = false;
        var failures = 0;
        while (true)
        {
            var healthy = await TakeAsync(resource, id, keys, cancellationToken);
            failures = healthy ? 0 : failures + 1;
            if (healthy && !ready)
            {
                ready = true;
                await AnnounceAsync(resource, id, cancellationToken);
            }

            await Task.Delay(Pause(healthy, ready, failures), time, cancellationToken);
        }
    }

    // While a process starts, a second lost at each of five resources in a row is five seconds of waiting for the user.
    private static TimeSpan Pause(bool healthy, bool wasReady, int failures)
    {
        if (healthy)
        {
            return HealthyInterval;
        }

        return wasReady
            ? TimeSpan.FromSeconds(Math.Min(failures, UnhealthyLimit.TotalSeconds))
            : TimeSpan.FromTicks(Math.Min(StartingLimit.Ticks, FirstInterval.Ticks * failures));
    }

    private async Task<bool> TakeAsync(IResource resource, string id, HashSet<string> keys, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(CheckDeadline);
        HealthReport? report = null;
        try
        {
            report = await checks.CheckHealthAsync(registration => keys.Contains(registration.Name), deadline.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // No answer in time counts as unhealthy.
        }

        cancellationToken.ThrowIfCancellationRequested();
        var now = time.GetUtcNow().UtcDateTime;
        ImmutableArray<HealthReportSnapshot> reports = report is null
            ? [.. keys.Select(key => new HealthReportSnapshot(key, HealthStatus.Unhealthy, $"no answer within {CheckDeadline.TotalSeconds} s", null) { LastRunAt = now })]
            : [.. report.Entries.Select(e => new HealthReportSnapshot(e.Key, e.Value.Status, e.Value.Description, e.Value.Exception?.Message) { LastRunAt = now })];
        await notifications.PublishUpdateAsync(resource, id, s => s.State?.Text == KnownResourceStates.Running ? s with { HealthReports = reports } : s);
        return reports.All(r => r.Status == HealthStatus.Healthy);
    }

    private async Task AnnounceAsync(IResource resource, string id, CancellationToken cancellationToken)
    {
        try
        {
            await eventing.PublishAsync(new ResourceReadyEvent(resource, services), cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The author's handler: those who wait for the resource go on, and its log says what failed.
            RunLog.SubscriberFailed(logger, resource.Name, e);
        }

        notifications.MarkReady(id);
    }
}
