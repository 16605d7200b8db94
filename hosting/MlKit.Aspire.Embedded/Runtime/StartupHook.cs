using System.Diagnostics;

/// <summary>
/// Runs inside a project that was started halted, before its own code. The runtime prescribes name, namespace (none) and
/// method. Nothing but the base library may be used: the project need not have anything else.
/// </summary>
internal static class StartupHook
{
    // The host names it in DebuggerWait, which is not there for the project.
    private const string ReleaseVariable = "MLKIT_DEBUGGER_RELEASE";

    /// <summary>Waits until a debugger is attached, or the host lets the project go on without one.</summary>
    public static void Initialize()
    {
        Console.WriteLine($"Waiting for a debugger: attach it to process {Environment.ProcessId}");
        var release = Environment.GetEnvironmentVariable(ReleaseVariable);
        SpinWait.SpinUntil(() => Debugger.IsAttached || File.Exists(release));
    }
}
