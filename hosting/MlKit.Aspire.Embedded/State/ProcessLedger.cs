using System.Globalization;
using MlKit.Aspire.Embedded.Processes;

namespace MlKit.Aspire.Embedded.State;

/// <summary>
/// The children of the running host, in a file: one line per start and end. A host that finds processes of its
/// predecessor there ends them before it starts its own.
/// </summary>
internal sealed class ProcessLedger : IDisposable
{
    private readonly Lock _gate = new();
    private readonly StreamWriter _writer;

    private ProcessLedger(string path) => _writer = new StreamWriter(path, append: false) { AutoFlush = true };

    /// <summary>Starts a new ledger, and gives what the last one had running.</summary>
    public static ProcessLedger Open(string hostFolder, out IReadOnlyList<ProcessRecord> leftovers)
    {
        var path = Path.Combine(hostFolder, "processes");
        leftovers = File.Exists(path) ? Read(File.ReadAllLines(path)) : [];
        return new ProcessLedger(path);
    }

    /// <summary>Enters a child that was just started.</summary>
    public void Started(ProcessRecord process) =>
        Write(string.Create(CultureInfo.InvariantCulture, $"+ {process.Pid} {process.StartedAt.ToUnixTimeMilliseconds()} {process.Owner}"));

    /// <summary>Enters that a child ended.</summary>
    public void Ended(int pid) => Write(string.Create(CultureInfo.InvariantCulture, $"- {pid}"));

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _writer.Dispose();
        }
    }

    private static List<ProcessRecord> Read(string[] lines)
    {
        var running = new Dictionary<int, ProcessRecord>();
        foreach (var parts in lines.Select(line => line.Split(' ', 4)))
        {
            if (parts is ["-", var ended] && int.TryParse(ended, CultureInfo.InvariantCulture, out var endedPid))
            {
                running.Remove(endedPid);
            }
            else if (parts is ["+", var id, var started, var owner]
                && int.TryParse(id, CultureInfo.InvariantCulture, out var pid)
                && long.TryParse(started, CultureInfo.InvariantCulture, out var milliseconds))
            {
                running[pid] = new ProcessRecord(pid, DateTimeOffset.FromUnixTimeMilliseconds(milliseconds), owner);
            }
        }

        return [.. running.Values];
    }

    private void Write(string line)
    {
        lock (_gate)
        {
            if (_writer.BaseStream is not null)
            {
                _writer.WriteLine(line);
            }
        }
    }
}
