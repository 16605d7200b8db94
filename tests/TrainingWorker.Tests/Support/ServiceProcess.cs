using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using MlKit.Tests;

namespace MlKit.TrainingWorker.Tests.Support;

/// <summary>One of the services as a process of its own, with its output.</summary>
internal sealed class ServiceProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();

    private ServiceProcess(Process process) => _process = process;

    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    public int ExitCode => _process.ExitCode;

    public bool HasExited => _process.HasExited;

    public static ServiceProcess Start(string service, IReadOnlyDictionary<string, string> settings, params string[] args)
    {
        // .../tests/TrainingWorker.Tests/bin/CONFIGURATION/FRAMEWORK: the services were built alike.
        var framework = new DirectoryInfo(AppContext.BaseDirectory);
        var dll = Path.Combine(
            Repository.Root, "services", service, "bin", framework.Parent!.Name, framework.Name, service + ".dll");
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var arg in args.Prepend(dll))
        {
            start.ArgumentList.Add(arg);
        }

        foreach (var (key, value) in settings)
        {
            start.Environment[key] = value;
        }

        var process = new ServiceProcess(new Process { StartInfo = start });
        process._process.OutputDataReceived += process.Append;
        process._process.ErrorDataReceived += process.Append;
        process._process.Start();
        process._process.BeginOutputReadLine();
        process._process.BeginErrorReadLine();
        return process;
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public Task HealthyAsync(string address) => Eventually.True(
        async () =>
        {
            Assert.False(_process.HasExited, Output);
            using var http = new HttpClient();
            try
            {
                using var answer = await http.GetAsync(new Uri(address + "/health"), TestContext.Current.CancellationToken);
                return answer.IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        },
        TimeSpan.FromSeconds(120),
        address + " is healthy");

    /// <summary>Waits until the process has written a text.</summary>
    public Task WritesAsync(string text) => Eventually.True(
        () =>
        {
            var there = Output.Contains(text, StringComparison.Ordinal);
            Assert.True(there || !_process.HasExited, $"ended before it wrote '{text}': {Output}");
            return Task.FromResult(there);
        },
        TimeSpan.FromSeconds(300),
        $"the output holds '{text}'");

    /// <summary>Sends a signal, such as TERM.</summary>
    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{_process.Id}"]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>The exit code; the output is complete then.</summary>
    public async Task<int> EndAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
    }

    private void Append(object sender, DataReceivedEventArgs line)
    {
        lock (_output)
        {
            _output.AppendLine(line.Data);
        }
    }
}
