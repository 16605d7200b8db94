using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace MlKit.Bench.Host;

/// <summary>The AppHost of the reference system, started without a dashboard on a state folder of its own.</summary>
internal sealed class HostProcess : IDisposable
{
    private const int Terminate = 15;
    private static readonly TimeSpan ReadyDeadline = TimeSpan.FromMinutes(5);

    private readonly Process _process;
    private readonly string _state;
    private readonly TaskCompletionSource _ready = new();

    private HostProcess(Process process, string state)
    {
        (_process, _state) = (process, state);
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data?.StartsWith("Ready after", StringComparison.Ordinal) == true)
            {
                _ready.TrySetResult();
            }
        };
        process.BeginOutputReadLine();
    }

    /// <summary>Starts the host that was built in a checkout.</summary>
    public static HostProcess Start(string checkout, string state)
    {
        var assembly = Path.Combine(checkout, "AppHost", "bin", "Debug", "net10.0", "AppHost.dll");
        var start = new ProcessStartInfo("dotnet", ["exec", assembly, "--MlKit:StatePath", state, "--MlKit:Dashboard", "false"])
        {
            RedirectStandardOutput = true,
            WorkingDirectory = checkout,
        };
        return new HostProcess(Process.Start(start)!, state);
    }

    /// <summary>Waits until all resources are ready.</summary>
    public Task ReadyAsync() => _ready.Task.WaitAsync(ReadyDeadline);

    /// <summary>The time from the start of the host to that of its first child, as the host itself recorded it.</summary>
    public TimeSpan ToFirstChild()
    {
        var first = File.ReadLines(Path.Combine(_state, ".host", "processes")).First().Split(' ');
        var started = DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(first[2], CultureInfo.InvariantCulture));
        return started - new DateTimeOffset(_process.StartTime);
    }

    /// <summary>The memory that the host holds, in megabytes.</summary>
    public double Memory()
    {
        _process.Refresh();
        return _process.WorkingSet64 / 1e6;
    }

    /// <summary>The processor time that the host has used.</summary>
    public TimeSpan Used()
    {
        _process.Refresh();
        return _process.TotalProcessorTime;
    }

    public void Dispose()
    {
        _ = Kill(_process.Id, Terminate);
        _process.WaitForExit(TimeSpan.FromSeconds(15));
        _process.Dispose();
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int pid, int signal);
}
