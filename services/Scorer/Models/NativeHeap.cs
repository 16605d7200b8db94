using System.Runtime.InteropServices;

namespace MlKit.Scorer.Models;

/// <summary>The C library's heap, where models live.</summary>
internal static class NativeHeap
{
    /// <summary>
    /// Gives memory that a model has freed back to the system. The C library of most Linux systems keeps it otherwise, so that
    /// a server which replaces models again and again seems to grow.
    /// </summary>
    public static void Trim()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        try
        {
            _ = TrimHeap(0);
        }
        catch (EntryPointNotFoundException)
        {
            // Another C library, which has no such call.
        }
        catch (DllNotFoundException)
        {
            // The same, under another name.
        }
    }

    [DllImport("libc", EntryPoint = "malloc_trim")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int TrimHeap(nuint keep);
}
