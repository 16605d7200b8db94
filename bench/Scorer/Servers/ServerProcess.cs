using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace MlKit.Bench.Scorer.Servers;

/// <summary>A server in a process of its own, whose processor time, memory and allocations can be read.</summary>
internal sealed class ServerProcess : IDisposable
{
    private readonly Process _process;
    private readonly HttpClient _http;

    private ServerProcess(Process process, int port, int grpcPort)
    {
        _process = process;
        Port = port;
        GrpcPort = grpcPort;
        _http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
    }

    public int Port { get; }

    public int GrpcPort { get; }

    public HttpClient Http => _http;

    /// <summary>Time from the start of the process until it was ready.</summary>
    public TimeSpan ReadyAfter { get; private set; }

    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public long Memory
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>The scorer of this repository on a model folder.</summary>
    public static Task<ServerProcess> ScorerAsync(string models, params (string Key, string Value)[] settings)
    {
        var (port, grpcPort) = (FreePort(), FreePort());
        var configuration = AppContext.BaseDirectory.Contains("/Release/", StringComparison.Ordinal) ? "Release" : "Debug";
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList = { Path.Combine(Root(), "services", "Scorer", "bin", configuration, "net10.0", "Scorer.dll"), "--urls", $"http://127.0.0.1:{port}" },
        };
        start.Environment["MLKIT__SCORER__MODELREPOSITORY"] = models;
        start.Environment["MLKIT__SCORER__GRPCPORT"] = $"{grpcPort}";
        start.Environment["MLKIT__STATE__PATH"] = Directory.CreateTempSubdirectory("mlkit-bench-").FullName;
        foreach (var (key, value) in settings)
        {
            start.Environment[$"MLKIT__SCORER__{key}"] = value;
        }

        return StartAsync(start, port, grpcPort, "/v2/health/ready");
    }

    /// <summary>This program as a server that only gives back what it gets.</summary>
    public static Task<ServerProcess> EchoAsync()
    {
        var (port, grpcPort) = (FreePort(), FreePort());
        var start = new ProcessStartInfo("dotnet") { ArgumentList = { typeof(ServerProcess).Assembly.Location, "--echo", $"{port}", $"{grpcPort}" } };
        return StartAsync(start, port, grpcPort, "/alive");
    }

    /// <summary>Any other program that listens on a port given in the variable PORT.</summary>
    public static Task<ServerProcess> OtherAsync(ProcessStartInfo start, string readyPath)
    {
        var port = FreePort();
        start.Environment["PORT"] = $"{port}";
        return StartAsync(start, port, 0, readyPath);
    }

    /// <summary>Bytes that the server has allocated on its managed heap.</summary>
    public async Task<long> AllocatedAsync()
    {
        var page = await _http.GetStringAsync("/metrics");
        var line = page.Split('\n').First(one => one.StartsWith("dotnet_gc_heap_total_allocated_bytes_total", StringComparison.Ordinal));
        return (long)double.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture);
    }

    public void Dispose()
    {
        _http.Dispose();
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }

    /// <summary>The root of the repository.</summary>
    public static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "MlKit.sln")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }

    private static async Task<ServerProcess> StartAsync(ProcessStartInfo start, int port, int grpcPort, string readyPath)
    {
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        start.Environment["DOTNET_gcServer"] = "0";
        var clock = Stopwatch.StartNew();
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, line) => Console.Error.WriteLine(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var server = new ServerProcess(process, port, grpcPort);
        while (!await server.IsReadyAsync(readyPath))
        {
            if (clock.Elapsed > TimeSpan.FromSeconds(60) || process.HasExited)
            {
                throw new InvalidOperationException($"{start.FileName} was not ready after {clock.Elapsed}");
            }

            await Task.Delay(5);
        }

        server.ReadyAfter = clock.Elapsed;
        return server;
    }

    private async Task<bool> IsReadyAsync(string path)
    {
        try
        {
            using var response = await _http.GetAsync(path);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
