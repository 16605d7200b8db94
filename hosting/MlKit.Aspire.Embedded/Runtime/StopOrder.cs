using Aspire.Hosting.ApplicationModel;
using MlKit.Aspire.Embedded.Dashboard;

namespace MlKit.Aspire.Embedded.Runtime;

/// <summary>
/// Stops resources in the reverse of their order: each after all those that waited for it, independent ones together,
/// and the dashboard last, because a service that cannot deliver its last telemetry waits for it in vain.
/// </summary>
internal static class StopOrder
{
    /// <summary>Calls <paramref name="stop"/> for every run in that order and returns when all ended.</summary>
    public static Task StopAllAsync(IReadOnlyList<ResourceRun> runs, Func<ResourceRun, Task> stop)
    {
        var tasks = new Dictionary<ResourceRun, Task>();
        Task Stop(ResourceRun run, HashSet<ResourceRun> path)
        {
            if (tasks.TryGetValue(run, out var known))
            {
                return known;
            }

            // Resources that wait for each other never started: their circle is cut where it closes.
            var dependents = path.Add(run)
                ? runs.Where(other => !path.Contains(other) && DependsOn(other.Resource, run.Resource)).Select(other => Stop(other, path)).ToList()
                : [];
            path.Remove(run);
            return tasks[run] = AfterAsync(dependents, run, stop);
        }

        return Task.WhenAll(runs.Select(run => Stop(run, [])).ToList());
    }

    private static async Task AfterAsync(List<Task> dependents, ResourceRun run, Func<ResourceRun, Task> stop)
    {
        await Task.WhenAll(dependents);
        await stop(run);
    }

    private static bool DependsOn(IResource resource, IResource other) =>
        other.Name == DashboardRun.ResourceName
        || resource.Annotations.OfType<WaitAnnotation>().Any(wait => ReferenceEquals(wait.Resource, other))
        || resource.Annotations.OfType<ResourceRelationshipAnnotation>()
            .Any(relation => relation.Type == KnownRelationshipTypes.WaitFor && ReferenceEquals(relation.Resource, other));
}
