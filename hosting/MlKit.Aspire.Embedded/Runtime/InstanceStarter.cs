using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using MlKit.Aspire.Embedded.Building;
using MlKit.Aspire.Embedded.Containers;
using MlKit.Aspire.Embedded.Ide;
using MlKit.Aspire.Embedded.Processes;

namespace MlKit.Aspire.Embedded.Runtime;

/// <summary>Starts an instance as what it is: a container, a program of the IDE, or a process.</summary>
internal sealed class InstanceStarter(
    LaunchPlanner planner, IProcessControl processes, ContainerRunner containers, IdeLauncher ide, ResourceLoggerService logs, RequiredCommands commands)
{
    /// <summary>True when somebody else builds the project of the resource.</summary>
    public bool IsBuiltElsewhere(IResource resource) => ide.Builds(resource);

    /// <summary>Starts it; returns when it runs, not when it is ready.</summary>
    /// <exception cref="DistributedApplicationException">It cannot be started; the message says why.</exception>
    /// <exception cref="ProcessStartException">Its program cannot be started.</exception>
    public async Task<(LaunchPlan Plan, IChildProcess Child)> StartAsync(
        IResource resource, string id, int replica, BuildFacts? facts, CancellationToken cancellationToken)
    {
        await commands.CheckAsync(resource, logs.GetLogger(id), cancellationToken);
        if (!resource.IsContainer())
        {
            RefusePersistent(resource);
            var plan = await planner.PlanAsync(resource, id, replica, facts, cancellationToken);
            return (plan, ide.Takes(resource) ? await ide.StartAsync(resource, id, plan, cancellationToken) : processes.Start(plan.Start));
        }

        await containers.PrepareAsync(resource, cancellationToken);
        var containerPlan = await planner.PlanAsync(resource, id, replica, null, cancellationToken);
        var log = logs.Log(id);
        return (containerPlan, await containers.StartAsync(resource, id, containerPlan, line => log.Write(line, isError: false), cancellationToken));
    }

    private static void RefusePersistent(IResource resource)
    {
        if (Lifetimes.IsPersistent(resource))
        {
            throw new DistributedApplicationException(
                $"'{resource.Name}' is a process with a persistent lifetime, but the embedded host ends every process that it started; only containers outlive it");
        }
    }
}
