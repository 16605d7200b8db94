using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using MlKit.Tests;

namespace MlKit.Aspire.Embedded.Tests.Running;

/// <summary>The wide sample AppHost as a process of its own, as a user starts it.</summary>
internal sealed class AppHostProcess : IAsyncDisposable
{
    private const int Interrupt = 2;
    private const int Terminate = 15;

    private readonly Process _process;
    private readonly List<string> _output = [];

    private static string Configuration =>
        typeof(AppHostProcess).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()?.Configuration ?? "Debug";

    private AppHostProcess(Process process, string mark)
    {
        _process = process;
        Mark = mark;
        process.OutputDataReceived += (_, e) => Keep(e.Data);
        process.ErrorDataReceived += (_, e) => Keep(e.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>The built assembly, where it has all that it needs beside it.</summary>
    public static string Assembly { get; } = Path.Combine(
        Repository.Root, "tests", "apps", "WideAppHost", "bin", Configuration, "net10.0", "WideAppHost.dll");

    public static TimeSpan Deadline { get; } = TimeSpan.FromSeconds(90);

    public int Id => _process.Id;

    /// <summary>A variable that the host and everything it starts have.</summary>
    public string Mark { get; }

    /// <summary>The ids of the processes that have the mark, wherever they hang in the process tree.</summary>
    public IReadOnlyList<int> Processes => [.. Directory.EnumerateDirectories("/proc")
        .Select(Path.GetFileName)
        .Where(name => int.TryParse(name, out _) && HasMark(name, Mark))
        .Select(name => int.Parse(name!, System.Globalization.CultureInfo.InvariantCulture))];

    public IReadOnlyList<string> Output
    {
        get
        {
            lock (_output)
            {
                return [.. _output];
            }
        }
    }

    /// <summary>Starts it without a dashboard on a state folder.</summary>
    public static AppHostProcess Start(string state, params string[] args) => StartAssembly(Assembly, state, args);

    /// <summary>Starts another AppHost in the same way.</summary>
    public static AppHostProcess StartAssembly(string assembly, string state, params string[] args)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "uses a Unix shell");
        string[] command = ["dotnet", "exec", assembly, "--MlKit:StatePath", state, "--MlKit:Dashboard", "false", .. args];
        // What a shell starts in the background, as CI may, ignores Ctrl+C, and so would every child of it.
        command = OperatingSystem.IsLinux() ? ["env", "--default-signal=INT,QUIT", .. command] : command;
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetDirectoryName(assembly)!,
        };
        var mark = $"MLKIT_TEST_MARK={Guid.NewGuid():N}";
        start.Environment["DOTNET_ENVIRONMENT"] = "Development";
        start.Environment[mark.Split('=')[0]] = mark.Split('=')[1];
        return new AppHostProcess(Process.Start(start)!, mark);
    }

    /// <summary>Waits for a line of its output.</summary>
    public Task<string> UntilAsync(Func<string, bool> line, string what) => Eventually.NotNull(
        () =>
        {
            var found = Output.FirstOrDefault(line);
            return found is null && _process.HasExited
                ? throw new Xunit.Sdk.XunitException($"the host ended with {_process.ExitCode} before {what}:\n{string.Join('\n', Output)}")
                : Task.FromResult(found);
        },
        Deadline,
        what);

    public void Kill() => _process.Kill(entireProcessTree: false);

    public void PressCtrlC() => _ = SendSignal(_process.Id, Interrupt);

    public async Task<int> ExitAsync(TimeSpan within)
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(within, TestContext.Current.CancellationToken);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _ = SendSignal(_process.Id, Terminate);
            using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(15));
            try
            {
                await _process.WaitForExitAsync(deadline.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill(entireProcessTree: true);
            }
        }

        _process.Dispose();
    }

    private static bool HasMark(string pid, string mark)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/environ").Split('\0').Contains(mark);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private void Keep(string? line)
    {
        if (line is not null)
        {
            lock (_output)
            {
                _output.Add(line);
            }
        }
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static extern int SendSignal(int pid, int signal);
}
