using System.Diagnostics;

/// <summary>
/// Runs inside a project that was started halted, before its own code. The runtime prescribes name, namespace (none) and
/// method. Nothing but the base library may be used: the project need not have anything else.
/// </summary>
internal static class StartupHook
{
    /// <summary>Waits until a debugger is attached.</summary>
    public static void Initialize()
    {
        Console.WriteLine($"Waiting for a debugger: attach it to process {Environment.ProcessId}");
        SpinWait.SpinUntil(() => Debugger.IsAttached);
    }
}
