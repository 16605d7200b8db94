using System.Runtime.InteropServices;

namespace MlKit.Aspire.Embedded.Runtime;

/// <summary>
/// Ends the host at once when Ctrl+C is pressed a second time: whoever does that does not want to wait for an orderly stop.
/// What the host started ends with it, as after a crash.
/// </summary>
internal static class ImpatientUser
{
    private const int InterruptedExitCode = 130;

    /// <summary>Does so until the result is disposed.</summary>
    public static IDisposable Watch()
    {
        var presses = 0;
        return PosixSignalRegistration.Create(PosixSignal.SIGINT, _ =>
        {
            if (Interlocked.Increment(ref presses) == 2)
            {
                Console.Error.WriteLine("Interrupted again: everything is killed");
                Environment.Exit(InterruptedExitCode);
            }
        });
    }
}
