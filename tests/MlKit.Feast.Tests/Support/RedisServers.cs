using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using MlKit.OnlineStore;
using StackExchange.Redis;

namespace MlKit.Tests;

/// <summary>The stores that the online tests run against, each started at its first use and emptied for each test.</summary>
public sealed class RedisServers : IAsyncLifetime
{
    /// <summary>The embedded store (Garnet) in this process.</summary>
    public const string Embedded = "embedded";

    /// <summary>Debian's redis-server, where it is installed.</summary>
    public const string RedisServer = "redis-server";

    /// <summary>The stores that the conformance suite runs on here; tests/Integration runs it on Redis in a container.</summary>
    public static TheoryData<string> Kinds { get; } = [Embedded, RedisServer];

    private readonly string _folder = Directory.CreateTempSubdirectory("mlkit-feast-tests-").FullName;
    private readonly Dictionary<string, int> _ports = [];
    private RespStore? _embedded;
    private Process? _process;

    public ValueTask InitializeAsync() => default;

    /// <summary>Connection string of a store as it is; skips the test where the store cannot be had.</summary>
    public async Task<string> ConnectionAsync(string kind)
    {
        if (!_ports.TryGetValue(kind, out var port))
        {
            port = kind == Embedded ? await StartEmbeddedAsync() : StartRedis();
            _ports[kind] = port;
        }

        return $"127.0.0.1:{port}";
    }

    /// <summary>Connection string of an empty store; skips the test where the store cannot be had.</summary>
    public async Task<string> EmptyAsync(string kind)
    {
        var connectionString = await ConnectionAsync(kind);
        await Eventually.True(() => TryEmptyAsync(connectionString), TimeSpan.FromSeconds(20), $"{kind} answers");
        return connectionString;
    }

    public async ValueTask DisposeAsync()
    {
        if (_embedded is not null)
        {
            await _embedded.StopAsync(CancellationToken.None);
            _embedded.Dispose();
        }

        if (_process is not null)
        {
            _process.Kill();
            await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
            _process.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task<bool> TryEmptyAsync(string connectionString)
    {
        try
        {
            await using var connection = await ConnectionMultiplexer.ConnectAsync($"{connectionString},allowAdmin=true,connectRetry=1");
            await connection.GetServers()[0].FlushAllDatabasesAsync();
            return true;
        }
        catch (Exception error) when (error is RedisException or TimeoutException)
        {
            // A FLUSHALL that meets a checkpoint of the embedded store is done, but its connection gets no answer.
            return false;
        }
    }

    private async Task<int> StartEmbeddedAsync()
    {
        var port = FreePort();
        _embedded = new RespStore(
            new OnlineStoreOptions(port, null, 64, 3600, 100), Path.Combine(_folder, "garnet"), NullLoggerFactory.Instance, NullLogger<RespStore>.Instance);
        await _embedded.StartAsync(TestContext.Current.CancellationToken);
        return port;
    }

    private int StartRedis()
    {
        var command = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, "redis-server")).FirstOrDefault(File.Exists);
        Assert.SkipWhen(command is null, "redis-server is not installed (apt-get install redis-server)");
        var port = FreePort();
        _process = Process.Start(new ProcessStartInfo(command!, ["--port", $"{port}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"])
        {
            RedirectStandardOutput = true,
            WorkingDirectory = _folder,
        })!;
        _process.OutputDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        return port;
    }
}
