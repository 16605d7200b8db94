using System.Diagnostics;
using MlKit.Aspire.Embedded.Tests.Runtime;
using MlKit.Tests;

namespace MlKit.Aspire.Embedded.Tests.Running;

/// <summary>The whole repository in a folder with a space and letters outside ASCII.</summary>
public sealed class UnusualCheckoutTests
{
    [Fact]
    public async Task The_repository_builds_in_such_a_folder_and_its_AppHost_builds_and_starts_services_there()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "uses a Unix shell");
        Assert.SkipUnless(Directory.Exists(Path.Combine(Repository.Root, ".git")) || File.Exists(Path.Combine(Repository.Root, ".git")), "not a git checkout");
        using var folder = new TemporaryFolder();
        var checkout = folder.File("My checkout ü");
        await CopyAsync(checkout);
        await RunAsync("dotnet", ["build", Path.Combine(checkout, "tests/apps/WideAppHost"), "-v:quiet", "-nologo", "-nodeReuse:false", "-c:Debug"], checkout);
        await using var host = AppHostProcess.StartAssembly(
            Path.Combine(checkout, "tests/apps/WideAppHost/bin/Debug/net10.0/WideAppHost.dll"), Path.Combine(checkout, ".mlkit stäte"));

        var ready = await host.UntilAsync(line => line.StartsWith("Ready after", StringComparison.Ordinal), "everything is ready");

        using var client = new HttpClient();
        var pid = await EchoHost.AskAsync(client, new Uri(ready[ready.IndexOf("http", StringComparison.Ordinal)..]));
        Assert.StartsWith(checkout, File.ReadAllText($"/proc/{pid}/cmdline").Split('\0').First(part => part.Contains("EchoServer", StringComparison.Ordinal)), StringComparison.Ordinal);
        host.PressCtrlC();
        Assert.Equal(0, await host.ExitAsync(TimeSpan.FromSeconds(10)));
        Assert.Empty(host.Processes);
    }

    // What git knows or would add: no outputs of builds.
    private static async Task CopyAsync(string target)
    {
        var files = await RunAsync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], Repository.Root);
        foreach (var file in files.Split('\0', StringSplitOptions.RemoveEmptyEntries).Where(file => File.Exists(Path.Combine(Repository.Root, file))))
        {
            var copy = Path.Combine(target, file);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(Path.Combine(Repository.Root, file), copy);
        }
    }

    private static async Task<string> RunAsync(string program, string[] arguments, string folder)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, WorkingDirectory = folder })!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, output);
        return output;
    }
}
