using System.Runtime.Versioning;

namespace MlKit.Aspire.Embedded.Processes.Unix;

/// <summary>Children as process groups, ended by signals, watched by an <see cref="OrphanGuard"/>.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class UnixProcessControl : IProcessControl
{
    private readonly ChildReaper _reaper = new();
    private readonly Lazy<OrphanGuard> _guard;

    public UnixProcessControl() => _guard = new Lazy<OrphanGuard>(() => OrphanGuard.Start(Spawn));

    /// <inheritdoc/>
    public IChildProcess Start(ChildStart start)
    {
        var guard = _guard.Value;
        var child = Spawn(start);
        guard.Add(child.Id);
        child.Exited.ContinueWith(
            _ =>
            {
                child.KillRemains();
                guard.Remove(child.Id);
            },
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
        if (!start.KeepInput)
        {
            child.Input.Dispose();
        }

        return child;
    }

    /// <inheritdoc/>
    public bool KillLeftover(ProcessRecord record) => record.IsRunning() && Libc.Kill(-record.Pid, Libc.SigKill) == 0;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_guard.IsValueCreated)
        {
            _guard.Value.Dispose();
        }

        _reaper.Dispose();
    }

    private UnixChild Spawn(ChildStart start)
    {
        var path = ProgramPath.Resolve(start);
        using var pipes = new SpawnPipes();
        var pid = PosixSpawn.Start(path, start, pipes.ChildEnds);
        return new UnixChild(pid, ProcessRecord.StartTimeOf(pid) ?? TimeProvider.System.GetUtcNow(), pipes, _reaper);
    }
}
