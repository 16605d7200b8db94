using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;
using MlKit.Aspire.Embedded.Containers;
using MlKit.Aspire.Embedded.Processes;

namespace MlKit.Aspire.Embedded.Runtime;

/// <summary>How the life of a process appears in snapshots.</summary>
internal static class ProcessSnapshots
{
    /// <summary>About to start: what an earlier run left is gone.</summary>
    public static CustomResourceSnapshot Starting(CustomResourceSnapshot snapshot) => snapshot with
    {
        State = KnownResourceStates.Starting,
        ExitCode = null,
        StartTimeStamp = null,
        StopTimeStamp = null,
        HealthReports = [],
    };

    /// <summary>The process runs.</summary>
    public static CustomResourceSnapshot Running(
        CustomResourceSnapshot snapshot, IResource resource, LaunchPlan plan, IChildProcess child, TimeProvider time) => snapshot with
        {
            State = new ResourceStateSnapshot(KnownResourceStates.Running, KnownResourceStateStyles.Success),
            StartTimeStamp = time.GetUtcNow().UtcDateTime,
            EnvironmentVariables = [.. plan.Configured.OrderBy(v => v.Key, StringComparer.Ordinal).Select(v => new EnvironmentVariableSnapshot(v.Key, v.Value, IsFromSpec: true))],
            Urls = [.. snapshot.Urls.Select(url => url with { IsInactive = false })],
            Properties = Merge(snapshot.Properties, Properties(resource, plan, child)),
        };

    /// <summary>The process ended, by itself or because it was asked to.</summary>
    public static CustomResourceSnapshot Ended(CustomResourceSnapshot snapshot, int exitCode, bool stopAsked, TimeProvider time) => snapshot with
    {
        State = new ResourceStateSnapshot(
            stopAsked ? KnownResourceStates.Exited : KnownResourceStates.Finished,
            stopAsked ? KnownResourceStateStyles.Info : exitCode == 0 ? KnownResourceStateStyles.Success : KnownResourceStateStyles.Error),
        ExitCode = exitCode,
        StopTimeStamp = time.GetUtcNow().UtcDateTime,
        Urls = [.. snapshot.Urls.Select(url => url with { IsInactive = true })],
    };

    /// <summary>It never ran.</summary>
    public static CustomResourceSnapshot Failed(CustomResourceSnapshot snapshot, TimeProvider time) => snapshot with
    {
        State = new ResourceStateSnapshot(KnownResourceStates.FailedToStart, KnownResourceStateStyles.Error),
        StopTimeStamp = time.GetUtcNow().UtcDateTime,
    };

    /// <summary>The properties with those of the same name replaced.</summary>
    public static ImmutableArray<ResourcePropertySnapshot> Merge(
        ImmutableArray<ResourcePropertySnapshot> old, IReadOnlyList<ResourcePropertySnapshot> changed) =>
        [.. old.Where(p => changed.All(c => c.Name != p.Name)), .. changed];

    private static List<ResourcePropertySnapshot> Properties(IResource resource, LaunchPlan plan, IChildProcess child)
    {
        if (child is ContainerChild container)
        {
            return
            [
                new("container.image", resource.TryGetContainerImageName(out var image) ? image : ""),
                new("container.name", container.Name),
                new("container.args", string.Join(' ', plan.Start.Arguments)) { IsSensitive = true },
            ];
        }

        var properties = new List<ResourcePropertySnapshot>
        {
            new("executable.path", plan.Start.FileName),
            new("executable.workDir", plan.Start.WorkingDirectory),
            new("executable.args", string.Join(' ', plan.Start.Arguments)) { IsSensitive = true },
            new("executable.pid", child.Id),
        };
        if (ProjectBuilds.ProjectOf(resource) is { } project)
        {
            properties.Add(new ResourcePropertySnapshot("project.path", project.ProjectPath));
        }

        return properties;
    }
}
