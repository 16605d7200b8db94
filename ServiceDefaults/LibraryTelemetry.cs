using System.Runtime.InteropServices;

namespace MlKit.ServiceDefaults;

/// <summary>Keeps libraries from reporting to their makers what this system does.</summary>
public static class LibraryTelemetry
{
    /// <summary>What a native library looks for in the environment.</summary>
    private const string OnnxRuntime = "ORT_DISABLE_TELEMETRY";

    /// <summary>
    /// Since 1.29 the builds of ONNX Runtime send names and hashes of models and graphs to Microsoft, and keep them in a data
    /// base in the user's cache folder, unless told not to before they are loaded. Child processes inherit it.
    /// </summary>
    public static void TurnOff()
    {
        Environment.SetEnvironmentVariable(OnnxRuntime, "1");
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        try
        {
            // The managed environment is a copy, which native code does not see.
            _ = SetVariable(OnnxRuntime, "1", overwrite: 1);
        }
        catch (Exception error) when (error is DllNotFoundException or EntryPointNotFoundException)
        {
            // A C library of another name: the variable can still be set from outside.
        }
    }

    [DllImport("libc", EntryPoint = "setenv", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetVariable(string name, string value, int overwrite);
}
