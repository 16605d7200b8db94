using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace MlKit.Dashboard.Tests.Browser;

/// <summary>The built dashboard, started as the embedded host starts it: its assembly, from a foreign folder, in production.</summary>
internal sealed partial class DashboardProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();

    private DashboardProcess(Process process) => _process = process;

    public Uri Pages { get; private set; } = null!;

    public Uri OtlpGrpc { get; private set; } = null!;

    public TimeSpan StartedIn { get; private set; }

    /// <summary>What it has written so far.</summary>
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

    public long WorkingSet
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    public static async Task<DashboardProcess> StartAsync(int otlpPort, params string[] settings)
    {
        var clock = Stopwatch.StartNew();
        var start = new ProcessStartInfo("dotnet", [Assembly, "--urls=http://127.0.0.1:0", $"--ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL=http://127.0.0.1:{otlpPort}", .. settings])
        {
            WorkingDirectory = Path.GetTempPath(),
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        var dashboard = new DashboardProcess(Process.Start(start)!);
        dashboard.OtlpGrpc = new Uri($"http://127.0.0.1:{otlpPort}");
        while (await dashboard.ReadLineAsync() is { } line)
        {
            if (Listening().Match(line) is { Success: true } match)
            {
                dashboard.Pages = new Uri(match.Groups[1].Value);
                dashboard.StartedIn = clock.Elapsed;
                _ = dashboard.ReadToEndAsync();
                return dashboard;
            }
        }

        await dashboard.DisposeAsync();
        throw new InvalidOperationException("the dashboard ended before it listened");
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }

    private async Task<string?> ReadLineAsync()
    {
        var line = await _process.StandardOutput.ReadLineAsync(CancellationToken.None);
        lock (_output)
        {
            _output.AppendLine(line);
        }

        return line;
    }

    private async Task ReadToEndAsync()
    {
        while (await ReadLineAsync() is not null)
        {
            // It is kept by the reading.
        }
    }

    // The same configuration and framework as the tests: .../bin/Debug/net10.0.
    private static string Assembly
    {
        get
        {
            var framework = new DirectoryInfo(AppContext.BaseDirectory);
            return Path.Combine(Repository.Root, "hosting", "MlKit.Dashboard", "bin", framework.Parent!.Name, framework.Name, "MlKit.Dashboard.dll");
        }
    }

    [GeneratedRegex("^Now listening on: (http://[^,]+)")]
    private static partial Regex Listening();
}
