using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using MlKit.Aspire.Embedded.Containers;
using MlKit.Aspire.Embedded.Processes;

namespace MlKit.Aspire.Embedded.Runtime;

/// <summary>The run of one resource that the host itself starts: all its replicas.</summary>
internal sealed class ResourceRun
{
    private static readonly TimeSpan ParentInterval = TimeSpan.FromSeconds(1);

    private readonly RunContext _context;
    private readonly WaitGate _waits;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private CancellationTokenSource? _waiting;
    private bool _givenUp;

    public ResourceRun(IResource resource, RunContext context, WaitGate waits)
    {
        Resource = resource;
        _context = context;
        _waits = waits;
        Instances = [.. ResourceInstancesAnnotation.IdsOf(resource).Select((id, replica) => new ProcessInstance(resource, id, replica, context))];
    }

    /// <summary>The resource.</summary>
    public IResource Resource { get; }

    /// <summary>Its replicas.</summary>
    public IReadOnlyList<ProcessInstance> Instances { get; }

    /// <summary>True when it starts on command only.</summary>
    public bool IsExplicit => Resource.Annotations.OfType<ExplicitStartupAnnotation>().Any();

    /// <summary>Starts the replicas: build, waits, processes. What goes wrong becomes the state FailedToStart.</summary>
    /// <param name="skipWaits">True for a start by command.</param>
    /// <param name="rebuild">Builds a project again, changed or not.</param>
    /// <param name="only">The replicas to start.</param>
    /// <param name="cancellationToken">Gives up the start.</param>
    public async Task<bool> StartAsync(bool skipWaits, bool rebuild, IReadOnlyList<ProcessInstance> only, CancellationToken cancellationToken)
    {
        // A command during the wait of the first start ends that wait.
        if (skipWaits && _waiting is { } waiting)
        {
            await waiting.CancelAsync();
        }

        await _turn.WaitAsync(cancellationToken);
        try
        {
            _givenUp = false;
            using var own = _waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await StartReplicasAsync(skipWaits, rebuild, only, own.Token);
            return true;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested || _waiting?.IsCancellationRequested == true)
        {
            await TellGivenUpAsync(only, _givenUp || cancellationToken.IsCancellationRequested);
            return false;
        }
        catch (Exception e)
        {
            // Whatever the author's callbacks, a build or the system throws: this resource failed, the others run on.
            await FailAsync(only, e);
            return false;
        }
        finally
        {
            _waiting = null;
            _turn.Release();
        }
    }

    /// <summary>Gives up a start that still waits.</summary>
    public void GiveUp()
    {
        _givenUp = true;
        _waiting?.Cancel();
    }

    /// <summary>Stops the replicas.</summary>
    /// <param name="only">Those to stop.</param>
    /// <param name="grace">How long each is waited for before it is killed.</param>
    /// <param name="hostStops">True when the host ends: what is meant to outlive it is let go.</param>
    public Task StopAsync(IReadOnlyList<ProcessInstance> only, TimeSpan grace, bool hostStops = false) =>
        Task.WhenAll(only.Select(instance => instance.StopAsync(grace, hostStops)));

    private async Task StartReplicasAsync(bool skipWaits, bool rebuild, IReadOnlyList<ProcessInstance> only, CancellationToken cancellationToken)
    {
        only = [.. only.Where(instance => !instance.IsRunning)];
        foreach (var instance in only)
        {
            // The build of all projects may have begun before this: its state is not taken back.
            await _context.Notifications.PublishUpdateAsync(Resource, instance.Id, s =>
                _context.Builds.IsBuilding(Resource) ? ProcessSnapshots.Starting(s) with { State = s.State } : ProcessSnapshots.Starting(s));
        }

        var facts = _context.Starter.IsBuiltElsewhere(Resource) ? null : await _context.Builds.FactsAsync(Resource, rebuild, cancellationToken);
        foreach (var completion in Resource.Annotations.OfType<DotnetProgramBuildCompletionAnnotation>())
        {
            await completion.Callback(_context.Services, cancellationToken);
        }

        await AnnounceAsync(skipWaits, cancellationToken);
        foreach (var instance in only)
        {
            await _context.Notifications.PublishUpdateAsync(
                Resource, instance.Id, s => s.State?.Text == KnownResourceStates.Starting ? s : s with { State = KnownResourceStates.Starting });
            await instance.LaunchAsync(facts, cancellationToken);
        }

        if (Resource.Annotations.OfType<ResourceLifetimeAnnotation>().LastOrDefault() is { ParentProcessId: { } parent })
        {
            _ = EndWithAsync(parent, only);
        }
    }

    private async Task EndWithAsync(int processId, IReadOnlyList<ProcessInstance> only)
    {
        using var timer = new PeriodicTimer(ParentInterval, _context.Time);
        while (ProcessRecord.StartTimeOf(processId) is not null && only.Any(i => i.IsRunning))
        {
            await timer.WaitForNextTickAsync();
        }

        await StopAsync(only, ParentInterval);
    }

    private async Task AnnounceAsync(bool skipWaits, CancellationToken cancellationToken)
    {
        foreach (var resource in WithChildren().OfType<IResourceWithConnectionString>())
        {
            await _context.Eventing.PublishAsync(new ConnectionStringAvailableEvent(resource, _context.Services), cancellationToken);
        }

        using var skip = skipWaits ? _waits.Open(Resource) : null;
        await _context.Eventing.PublishAsync(new BeforeResourceStartedEvent(Resource, _context.Services), cancellationToken);
    }

    private IEnumerable<IResource> WithChildren() =>
        _waits.Model.Resources.Where(r => r is IResourceWithParent child && ReferenceEquals(child.Parent, Resource)).Prepend(Resource);

    // A start that another one took the place of says nothing: that one tells the state.
    private async Task TellGivenUpAsync(IReadOnlyList<ProcessInstance> only, bool isOver)
    {
        foreach (var instance in only.Where(instance => isOver && !instance.IsRunning))
        {
            await _context.Notifications.PublishUpdateAsync(Resource, instance.Id, s => s with { State = KnownResourceStates.NotStarted });
        }
    }

    private async Task FailAsync(IReadOnlyList<ProcessInstance> only, Exception error)
    {
        foreach (var instance in only)
        {
            RunLog.FailedToStart(_context.Logs.GetLogger(instance.Id), Reason(error));
            await _context.Notifications.PublishUpdateAsync(Resource, instance.Id, s => ProcessSnapshots.Failed(s, _context.Time));
        }
    }

    private static string Reason(Exception error) =>
        error is DistributedApplicationException or ProcessStartException ? error.Message : $"{error.GetType().Name}: {error.Message}";
}
