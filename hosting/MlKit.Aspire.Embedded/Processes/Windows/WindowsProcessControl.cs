using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.Versioning;

namespace MlKit.Aspire.Embedded.Processes.Windows;

/// <summary>Children in console process groups, held together by a job object that ends with the host.</summary>
[SupportedOSPlatform("windows")]
internal sealed class WindowsProcessControl : IProcessControl
{
    public WindowsProcessControl() => HostJob.Enter();

    /// <inheritdoc/>
    public IChildProcess Start(ChildStart start)
    {
        var info = new ProcessStartInfo(ProgramPath.Resolve(start), start.Arguments)
        {
            WorkingDirectory = start.WorkingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNewProcessGroup = true,
        };
        info.Environment.Clear();
        foreach (var (name, value) in start.Environment)
        {
            info.Environment[name] = value;
        }

        try
        {
            var process = Process.Start(info)!;
            if (!start.KeepInput)
            {
                process.StandardInput.Close();
            }

            return new WindowsChild(process);
        }
        catch (Win32Exception e)
        {
            throw new ProcessStartException($"'{start.FileName}' (command of '{start.Owner}') could not be started: {e.Message}");
        }
    }

    /// <inheritdoc/>
    public bool KillLeftover(ProcessRecord record)
    {
        if (!record.IsRunning())
        {
            return false;
        }

        try
        {
            using var process = Process.GetProcessById(record.Pid);
            process.Kill(entireProcessTree: true);
            return true;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or Win32Exception)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // The job lives as long as this process: it must also cover what starts later.
    }
}
