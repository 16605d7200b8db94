using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using MlKit.Aspire.Embedded.Processes;

namespace MlKit.Aspire.Embedded.Runtime;

/// <summary>The run of one resource that the host itself starts: all its replicas.</summary>
internal sealed class ResourceRun
{
    private readonly RunContext _context;
    private readonly WaitGate _waits;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private CancellationTokenSource? _waiting;

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
            using var own = _waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await StartReplicasAsync(skipWaits, rebuild, only, own.Token);
            return true;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested || _waiting?.IsCancellationRequested == true)
        {
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
    public void GiveUp() => _waiting?.Cancel();

    /// <summary>Stops the replicas.</summary>
    public Task StopAsync(IReadOnlyList<ProcessInstance> only, TimeSpan grace) => Task.WhenAll(only.Select(instance => instance.StopAsync(grace)));

    private async Task StartReplicasAsync(bool skipWaits, bool rebuild, IReadOnlyList<ProcessInstance> only, CancellationToken cancellationToken)
    {
        foreach (var instance in only)
        {
            await _context.Notifications.PublishUpdateAsync(Resource, instance.Id, ProcessSnapshots.Starting);
        }

        if (Resource.Annotations.OfType<ContainerImageAnnotation>().Any())
        {
            throw new DistributedApplicationException(ContainerSupport.Missing(Resource));
        }

        var facts = await _context.Builds.FactsAsync(Resource, rebuild, cancellationToken);
        await AnnounceAsync(skipWaits, cancellationToken);
        foreach (var instance in only)
        {
            await _context.Notifications.PublishUpdateAsync(
                Resource, instance.Id, s => s.State?.Text == KnownResourceStates.Starting ? s : s with { State = KnownResourceStates.Starting });
            await instance.LaunchAsync(facts, cancellationToken);
        }
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
