using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace MlKit.Bench.Features;

/// <summary>Starts the programs under measurement, each in a process of its own.</summary>
internal sealed class Stores : IAsyncDisposable
{
    private readonly List<Process> _processes = [];
    private readonly string _folder = Directory.CreateTempSubdirectory("mlkit-bench-").FullName;

    /// <summary>Starts a store and returns its connection string.</summary>
    public async Task<string> StartAsync(string kind)
    {
        var port = FreePort();
        if (kind == "redis-server")
        {
            _processes.Add(Start("redis-server", ["--port", $"{port}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"], []));
        }
        else
        {
            _processes.Add(Start("dotnet", [typeof(OnlineStore.OnlineStoreOptions).Assembly.Location, "--urls", $"http://127.0.0.1:{FreePort()}"], new()
            {
                ["MLKIT__STATE__PATH"] = _folder,
                ["MLKIT__ONLINESTORE__PORT"] = $"{port}",
                ["MLKIT__ONLINESTORE__MEMORYMEGABYTES"] = "1024",
            }));
        }

        await ListensAsync(port);
        return $"127.0.0.1:{port}";
    }

    public static Process Start(string program, string[] arguments, Dictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (key, value) in environment)
        {
            start.Environment[key] = value;
        }

        var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    public static async Task ListensAsync(int port)
    {
        for (var started = Stopwatch.GetTimestamp(); ;)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, port);
                return;
            }
            catch (SocketException) when (Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(30))
            {
                await Task.Delay(50);
            }
        }
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            process.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
    }
}
