using System.Diagnostics;

namespace MlKit.Tests;

/// <param name="Code">The exit code.</param>
/// <param name="Output">Standard output and standard error, interleaved.</param>
internal sealed record ToolResult(int Code, string Output);

/// <summary>Runs programs of other languages.</summary>
internal static class Tool
{
    /// <summary>Runs a program to its end; null where there is no such program on this machine.</summary>
    public static async Task<ToolResult?> TryRunAsync(
        string program, IReadOnlyList<string> arguments, string folder, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (key, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[key] = value;
        }

        Process? process;
        try
        {
            process = Process.Start(start);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }

        using (process!)
        {
            var output = process!.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return new ToolResult(process.ExitCode, await output + await error);
        }
    }

    /// <summary>The name under which npm is started: a script on Windows.</summary>
    public static string Npm { get; } = OperatingSystem.IsWindows() ? "npm.cmd" : "npm";
}
