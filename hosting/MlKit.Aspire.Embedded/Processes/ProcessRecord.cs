using System.Diagnostics;

namespace MlKit.Aspire.Embedded.Processes;

/// <summary>Identifies a process beyond the reuse of its id.</summary>
/// <param name="Pid">The process id.</param>
/// <param name="StartedAt">When it started.</param>
/// <param name="Owner">The resource it ran for.</param>
internal sealed record ProcessRecord(int Pid, DateTimeOffset StartedAt, string Owner)
{
    // The operating system derives start times from its tick counter: two readings differ by a little.
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(2);

    /// <summary>True while the recorded process itself (not another with the same id) runs.</summary>
    public bool IsRunning()
    {
        var started = StartTimeOf(Pid);
        return started is not null && (started.Value - StartedAt).Duration() <= Tolerance;
    }

    /// <summary>The start time of a running process, or null when there is none with that id.</summary>
    public static DateTimeOffset? StartTimeOf(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return process.HasExited ? null : new DateTimeOffset(process.StartTime);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
