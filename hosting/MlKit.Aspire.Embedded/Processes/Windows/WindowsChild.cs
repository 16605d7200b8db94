using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace MlKit.Aspire.Embedded.Processes.Windows;

/// <summary>A child in a console process group of its own.</summary>
[SupportedOSPlatform("windows")]
internal sealed class WindowsChild : IChildProcess
{
    private const uint CtrlBreak = 1;
    private readonly Process _process;

    public WindowsChild(Process process)
    {
        _process = process;
        Id = process.Id;
        StartedAt = new DateTimeOffset(process.StartTime);
        Exited = WaitAsync();
    }

    /// <inheritdoc/>
    public int Id { get; }

    /// <inheritdoc/>
    public DateTimeOffset StartedAt { get; }

    /// <inheritdoc/>
    public Stream Input => _process.StandardInput.BaseStream;

    /// <inheritdoc/>
    public Stream Output => _process.StandardOutput.BaseStream;

    /// <inheritdoc/>
    public Stream Error => _process.StandardError.BaseStream;

    /// <inheritdoc/>
    public Task<int> Exited { get; }

    /// <inheritdoc/>
    public void RequestStop()
    {
        // Without a shared console (a host run as a service) no event arrives: the deadline's Kill then ends it.
        _ = GenerateConsoleCtrlEvent(CtrlBreak, (uint)Id);
    }

    /// <inheritdoc/>
    public void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or System.ComponentModel.Win32Exception or AggregateException)
        {
            // It ended between the question and the call.
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _process.Dispose();

    private async Task<int> WaitAsync()
    {
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    [DllImport("kernel32", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool GenerateConsoleCtrlEvent(uint controlEvent, uint processGroupId);
}
