using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace MlKit.Aspire.Embedded.Runtime;

/// <summary>The commands that every process has: start, stop, restart, and rebuild where it is a project.</summary>
internal static class LifecycleCommands
{
    /// <summary>Adds those that the author did not define.</summary>
    public static void AddTo(ResourceRun run, TimeSpan grace)
    {
        Add(run, KnownResourceCommands.StartCommand, "Start", "Start the resource", "Play", CanStart, (only, token) => StartAsync(run, only, false, token));
        Add(run, KnownResourceCommands.StopCommand, "Stop", "Stop the resource", "Stop", CanStop, async (only, _) =>
        {
            run.GiveUp();
            await run.StopAsync(only, grace);
            return CommandResults.Success();
        });
        Add(run, KnownResourceCommands.RestartCommand, "Restart", "Stop the resource and start it again", "ArrowCounterclockwise", CanStop, async (only, token) =>
        {
            await run.StopAsync(only, grace);
            return await StartAsync(run, only, false, token);
        });
        if (ProjectBuilds.ProjectOf(run.Resource) is { IsFileBasedApp: false })
        {
            Add(run, KnownResourceCommands.RebuildCommand, "Rebuild", "Stop the project, build it and start it again", "Wrench", CanRebuild, async (only, token) =>
            {
                await run.StopAsync(only, grace);
                return await StartAsync(run, only, true, token);
            });
        }
    }

    private static async Task<ExecuteCommandResult> StartAsync(ResourceRun run, IReadOnlyList<ProcessInstance> only, bool rebuild, CancellationToken cancellationToken) =>
        await run.StartAsync(skipWaits: true, rebuild, only, cancellationToken)
            ? CommandResults.Success()
            : CommandResults.Failure($"'{run.Resource.Name}' did not start; its log says why");

    private static void Add(
        ResourceRun run, string name, string title, string description, string icon,
        Func<string?, bool> enabled, Func<IReadOnlyList<ProcessInstance>, CancellationToken, Task<ExecuteCommandResult>> execute)
    {
        if (run.Resource.Annotations.OfType<ResourceCommandAnnotation>().Any(c => c.Name == name))
        {
            return;
        }

        run.Resource.Annotations.Add(new ResourceCommandAnnotation(
            name,
            title,
            context => enabled(context.ResourceSnapshot.State?.Text) ? ResourceCommandState.Enabled : ResourceCommandState.Hidden,
            context => execute([.. run.Instances.Where(i => i.Id == context.ResourceName)], context.CancellationToken),
            description,
            (IReadOnlyList<InteractionInput>?)null,
            confirmationMessage: null,
            icon,
            IconVariant.Filled,
            isHighlighted: name != KnownResourceCommands.RebuildCommand));
    }

    private static bool CanStart(string? state) =>
        state is null || state == KnownResourceStates.NotStarted || state == KnownResourceStates.Waiting || KnownResourceStates.TerminalStates.Contains(state);

    private static bool CanStop(string? state) => state == KnownResourceStates.Running || state == KnownResourceStates.Starting;

    private static bool CanRebuild(string? state) => state is not null && KnownResourceStates.BuildableStates.Contains(state);
}
