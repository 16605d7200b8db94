using System.Runtime.Versioning;

namespace MlKit.Aspire.Embedded.Processes.Unix;

/// <summary>A child that leads its own process group.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class UnixChild(int pid, DateTimeOffset startedAt, SpawnPipes pipes, ChildReaper reaper) : IChildProcess
{
    private readonly (Stream Input, Stream Output, Stream Error) _streams = pipes.TakeStreams();

    /// <inheritdoc/>
    public int Id => pid;

    /// <inheritdoc/>
    public DateTimeOffset StartedAt => startedAt;

    /// <inheritdoc/>
    public Stream Input => _streams.Input;

    /// <inheritdoc/>
    public Stream Output => _streams.Output;

    /// <inheritdoc/>
    public Stream Error => _streams.Error;

    /// <inheritdoc/>
    public Task<int> Exited { get; } = reaper.Watch(pid);

    /// <inheritdoc/>
    public void RequestStop()
    {
        if (!Exited.IsCompleted)
        {
            KillGroup(Libc.SigTerm);
        }
    }

    /// <inheritdoc/>
    public void Kill()
    {
        // Once the leader was collected its id may belong to a stranger.
        if (!Exited.IsCompleted)
        {
            KillGroup(Libc.SigKill);
        }
    }

    /// <summary>Ends what a leader that just ended left behind in its group.</summary>
    public void KillRemains() => KillGroup(Libc.SigKill);

    /// <inheritdoc/>
    public void Dispose()
    {
        _streams.Input.Dispose();
        _streams.Output.Dispose();
        _streams.Error.Dispose();
    }

    private void KillGroup(int signal) => _ = Libc.Kill(-pid, signal);
}
