using Aspire.Hosting.ApplicationModel;
using MlKit.Aspire.Embedded.Building;
using MlKit.Aspire.Embedded.Processes;

namespace MlKit.Aspire.Embedded.Runtime;

/// <summary>One replica of a resource that runs as a process.</summary>
internal sealed class ProcessInstance(IResource resource, string id, int replica, RunContext context)
{
    private static readonly TimeSpan StreamDeadline = TimeSpan.FromSeconds(2);
    private readonly Lock _gate = new();
    private IChildProcess? _child;
    private bool _stopAsked;
    private Task _ended = Task.CompletedTask;

    /// <summary>The id in notifications and logs.</summary>
    public string Id => id;

    /// <summary>True while its process runs.</summary>
    public bool IsRunning
    {
        get
        {
            lock (_gate)
            {
                return _child is not null;
            }
        }
    }

    /// <summary>Starts the process; returns when it runs, not when it is ready.</summary>
    public async Task LaunchAsync(BuildFacts? facts, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_child is not null)
            {
                return;
            }

            _stopAsked = false;
        }

        var (plan, child) = await context.Starter.StartAsync(resource, id, replica, facts, cancellationToken);
        context.Secrets.Set(id, plan.Secrets);
        bool stopAsked;
        lock (_gate)
        {
            _child = child;
            stopAsked = _stopAsked;
        }

        if (child.Id != 0)
        {
            context.Ledger?.Started(new ProcessRecord(child.Id, child.StartedAt, resource.Name));
        }

        var log = context.Logs.Log(id);
        var streams = Task.WhenAll(
            Lines.PumpAsync(child.Output, line => log.Write(line, isError: false)),
            Lines.PumpAsync(child.Error, line => log.Write(line, isError: true)));
        await context.Notifications.PublishUpdateAsync(resource, id, s => ProcessSnapshots.Running(s, resource, plan, child, context.Time));
        _ended = ObserveAsync(child, streams);
        if (context.Settings.Halted.Contains(resource.Name))
        {
            context.Console.Say($"'{resource.Name}' is halted: attach a debugger to process {child.Id}, or continue it by its command");
        }

        if (stopAsked)
        {
            // A container takes a while to start: it was asked to stop meanwhile.
            child.RequestStop();
        }
    }

    /// <summary>Asks the process to end, kills it after the grace period, and returns when it ended and its end was told.</summary>
    /// <param name="grace">How long it is waited for.</param>
    /// <param name="hostStops">True when the host ends: what is meant to outlive it is let go.</param>
    public async Task StopAsync(TimeSpan grace, bool hostStops)
    {
        IChildProcess? child;
        lock (_gate)
        {
            child = _child;
            _stopAsked = true;
        }

        if (child is not null)
        {
            await context.Notifications.PublishUpdateAsync(resource, id, s => s with { State = KnownResourceStates.Stopping });
            if (hostStops)
            {
                child.Release();
            }
            else
            {
                child.RequestStop();
            }

            if (await Task.WhenAny(child.Exited, Task.Delay(grace, context.Time)) != child.Exited)
            {
                RunLog.Killed(context.Logger, resource.Name, grace.TotalSeconds);
                child.Kill();
            }
        }

        await _ended;
    }

    /// <summary>Ends the process at once.</summary>
    public void Kill()
    {
        lock (_gate)
        {
            _stopAsked = true;
            _child?.Kill();
        }
    }

    private async Task ObserveAsync(IChildProcess child, Task streams)
    {
        var exitCode = await child.Exited;
        // A descendant that left the group may hold the streams open: the end is told without it.
        await Task.WhenAny(streams, Task.Delay(StreamDeadline, context.Time));
        context.Ledger?.Ended(child.Id);
        child.Dispose();
        bool stopAsked;
        lock (_gate)
        {
            _child = null;
            stopAsked = _stopAsked;
        }

        await context.Notifications.PublishUpdateAsync(
            resource, id, s => ProcessSnapshots.Ended(s, exitCode, stopAsked, context.Time));
        await TellStoppedAsync();
    }

    private async Task TellStoppedAsync()
    {
        if (!context.Notifications.TryGetCurrentState(id, out var state))
        {
            return;
        }

        try
        {
            await context.Eventing.PublishAsync(new ResourceStoppedEvent(resource, context.Services, state));
        }
        catch (Exception e)
        {
            // The author's handler must not keep the host from noticing the end.
            RunLog.SubscriberFailed(context.Logger, resource.Name, e);
        }
    }
}
