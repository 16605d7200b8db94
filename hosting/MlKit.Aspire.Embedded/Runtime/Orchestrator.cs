using System.Diagnostics.CodeAnalysis;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Aspire.Hosting.Lifecycle;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using MlKit.Aspire.Embedded.Containers;
using MlKit.Aspire.Embedded.Dashboard;
using MlKit.Aspire.Embedded.Health;
using MlKit.Aspire.Embedded.Ide;
using MlKit.Aspire.Embedded.Ports;
using MlKit.Aspire.Embedded.State;
using MlKit.Aspire.Embedded.Terminal;

namespace MlKit.Aspire.Embedded.Runtime;

/// <summary>Runs the application: takes the state folder, gives addresses, builds, starts all resources, and stops them in reverse order.</summary>
[SuppressMessage("Reliability", "CA1001", Justification = "StopAsync releases what StartAsync took; the services dispose themselves.")]
internal sealed class Orchestrator(
    DistributedApplicationModel model,
    RunSettings settings,
    RunContext context,
    HealthMonitor health,
    DashboardRun dashboard,
    ConsoleReporter console,
    ReplicaProxy proxy,
    ContainerRunner containers,
    IdeLauncher ide,
    FreePorts ports) : IHostedService
{
    /// <summary>How long a stop may take before what is left is killed.</summary>
    public static readonly TimeSpan StopDeadline = TimeSpan.FromSeconds(8);

    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _stopping = new();
    private readonly List<ResourceRun> _runs = [];
    private readonly List<Task> _background = [];
    private StateRoot? _state;

    /// <summary>True when the host itself starts the resource: a process or a container.</summary>
    public static bool IsStarted(IResource resource) =>
        resource is ExecutableResource or ProjectResource || resource.Annotations.OfType<ContainerImageAnnotation>().Any();

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            TakeState();
            await PrepareModelAsync(cancellationToken);
            _background.Add(health.FollowAsync(_stopping.Token));
            _background.Add(PassiveResources.FollowParentsAsync(model, context.Notifications, _stopping.Token));
            console.Begin(_stopping.Token);
            await dashboard.PrepareAsync(cancellationToken);
            await ResourceInitialization.RunAsync(model, context, console.Say, _stopping.Token, cancellationToken);
            await proxy.StartAsync(context.Endpoints.Proxied, cancellationToken);
            Begin();
        }
        catch
        {
            // The generic host does not stop what failed to start.
            await ReleaseAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        _runs.ForEach(run => run.GiveUp());
        using var deadline = new CancellationTokenSource(StopDeadline, context.Time);
        await using (deadline.Token.Register(KillAll))
        {
            await StopOrder.StopAllAsync(_runs, run => run.StopAsync(run.Instances, Grace, hostStops: true));
            // What the author's own code does not end in time is left behind.
            await Task.WhenAny(Task.WhenAll(_background), Task.Delay(Timeout.InfiniteTimeSpan, deadline.Token));
            await dashboard.StopAsync();
            await containers.StopAsync();
        }

        await console.EndAsync();
        await ReleaseAsync();
    }

    private void KillAll() => _runs.SelectMany(run => run.Instances).ToList().ForEach(instance => instance.Kill());

    private void TakeState()
    {
        _state = StateRoot.Open(settings.StatePath);
        context.Ledger = ProcessLedger.Open(_state.HostFolder, out var leftovers);
        foreach (var left in leftovers.Where(context.Processes.KillLeftover))
        {
            RunLog.LeftoverEnded(context.Logger, left.Owner, left.Pid);
        }
    }

    private async Task PrepareModelAsync(CancellationToken cancellationToken)
    {
        foreach (var subscriber in context.Services.GetServices<IDistributedApplicationEventingSubscriber>())
        {
            await subscriber.SubscribeAsync(context.Eventing, context.Execution, cancellationToken);
        }

        var gate = new WaitGate(model, context.Notifications);
        context.Eventing.Subscribe<BeforeResourceStartedEvent>(gate.PassAsync);
        await context.Eventing.PublishAsync(new BeforeStartEvent(context.Services, model), cancellationToken);
        health.Validate(model.Resources);
        settings.RequireProjects(model.Resources.Where(r => ProjectBuilds.ProjectOf(r) is not null).Select(r => r.Name));
        await dashboard.AddToAsync();
        foreach (var resource in model.Resources.Where(IsStarted))
        {
            InstanceNames.Give(resource, context.Logs);
        }

        _runs.AddRange(model.Resources.Where(IsStarted).Select(resource => new ResourceRun(resource, context, gate)));
        foreach (var run in _runs)
        {
            LifecycleCommands.AddTo(run, Grace);
            DebuggerWait.AddCommand(run.Resource, settings);
        }
    }

    private void Begin()
    {
        var starting = _runs.Where(run => !run.IsExplicit).ToList();
        foreach (var run in _runs.Where(run => run.IsExplicit))
        {
            context.Notifications.PublishUpdateAsync(run.Resource, s => s with { State = KnownResourceStates.NotStarted });
        }

        context.Builds.Begin([.. starting.Select(run => run.Resource).Where(resource => !context.Starter.IsBuiltElsewhere(resource))], _stopping.Token);
        var starts = starting.Select(run => run.StartAsync(skipWaits: false, rebuild: false, run.Instances, _stopping.Token)).ToList();
        _background.Add(AnnounceCreatedAsync(starts));
    }

    private async Task AnnounceCreatedAsync(List<Task<bool>> starts)
    {
        await Task.WhenAll(starts);
        if (!_stopping.IsCancellationRequested)
        {
            await context.Eventing.PublishAsync(
                new AfterResourcesCreatedEvent(context.Services, model), EventDispatchBehavior.NonBlockingSequential, _stopping.Token);
        }
    }

    private async Task ReleaseAsync()
    {
        await _stopping.CancelAsync();
        await dashboard.StopAsync();
        await proxy.DisposeAsync();
        await ide.DisposeAsync();
        context.Ledger?.Dispose();
        ports.Dispose();
        context.Processes.Dispose();
        _state?.Dispose();
        _state = null;
    }
}
