using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace MlKit.Aspire.Embedded.Processes.Unix;

/// <summary>Collects the exit codes of the children that <see cref="PosixSpawn"/> started; .NET collects only its own.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class ChildReaper : IDisposable
{
    private readonly ConcurrentDictionary<int, TaskCompletionSource<int>> _children = new();
    private readonly PosixSignalRegistration _signal;

    public ChildReaper() => _signal = PosixSignalRegistration.Create(PosixSignal.SIGCHLD, _ => Collect());

    /// <summary>Ends with the exit code of a child that was just started.</summary>
    public Task<int> Watch(int pid)
    {
        var exit = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        _children[pid] = exit;
        // It may have ended, and its signal come, before it was entered here.
        CollectOne(pid, exit);
        return exit.Task;
    }

    /// <summary>Looks at one child now.</summary>
    public void Poll(int pid)
    {
        if (_children.TryGetValue(pid, out var exit))
        {
            CollectOne(pid, exit);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _signal.Dispose();

    private void Collect()
    {
        foreach (var (pid, exit) in _children)
        {
            CollectOne(pid, exit);
        }
    }

    private void CollectOne(int pid, TaskCompletionSource<int> exit)
    {
        int result, status;
        // One caller at a time: after the first the id may belong to another process.
        lock (exit)
        {
            if (exit.Task.IsCompleted)
            {
                return;
            }

            do
            {
                result = Libc.WaitPid(pid, out status, Libc.NoHang);
            }
            while (result < 0 && Marshal.GetLastPInvokeError() == Libc.Interrupted);
            if (result == 0)
            {
                return;
            }

            exit.TrySetResult(result < 0 ? -1 : ExitCode(status));
        }

        _children.TryRemove(pid, out _);
    }

    private static int ExitCode(int status)
    {
        var signal = status & 0x7f;
        return signal == 0 ? (status >> 8) & 0xff : 128 + signal;
    }
}
