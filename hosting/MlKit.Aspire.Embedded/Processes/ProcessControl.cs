using MlKit.Aspire.Embedded.Processes.Unix;
using MlKit.Aspire.Embedded.Processes.Windows;

namespace MlKit.Aspire.Embedded.Processes;

/// <summary>Chooses the process control of this operating system.</summary>
internal static class ProcessControl
{
    /// <summary>Creates the process control; dispose it when all children ended.</summary>
    public static IProcessControl ForThisSystem() =>
        OperatingSystem.IsWindows() ? new WindowsProcessControl() : new UnixProcessControl();
}
