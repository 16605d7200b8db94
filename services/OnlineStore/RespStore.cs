using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Garnet;
using Garnet.common;

namespace MlKit.OnlineStore;

/// <summary>
/// Runs Garnet in this process. Every change goes to a log that is committed on an interval, and checkpoints cut that
/// log; at start the last checkpoint is loaded and the log replayed. Records that do not fit into memory move to disk, so
/// none is evicted; <see cref="MemoryGuard"/> sees to it that there are not many of them.
/// </summary>
internal sealed partial class RespStore(
    OnlineStoreOptions options, string folder, ILoggerFactory garnetLoggers, ILogger<RespStore> logger) : IHostedService, IGuardedStore, IDisposable
{
    /// <summary>Beyond the budget, so that what comes between two looks of the guard stays in memory, too.</summary>
    private const int HeadroomMegabytes = 64;

    private readonly AccessRules _access = new(options.Password);
    private GarnetServer? _server;

    /// <summary>True between a completed start and the begin of the stop.</summary>
    public bool Running { get; private set; }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        RequireFreePort();
        try
        {
            _server = new GarnetServer(Arguments(), garnetLoggers);
            _server.Start();
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            throw new InvalidOperationException(
                $"the store does not start on port {options.Port} with the data in '{folder}': {error.Message}", error);
        }

        Running = true;
        LogStarted(options.Port, folder, options.MemoryMegabytes);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public long UsedBytes()
    {
        if (_server is not { } server)
        {
            return 0;
        }

        var numbers = (server.Metrics.GetInfoMetrics(InfoMetricsType.STORE, 0) ?? [])
            .DistinctBy(item => item.Name).ToDictionary(item => item.Name, item => item.Value);
        return Number("Log.TailAddress") - Number("Log.BeginAddress") + Number("Log.CurrentHeapSizeBytes");

        long Number(string name) => long.TryParse(numbers.GetValueOrDefault(name), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new InvalidOperationException($"the store does not say its {name}");
    }

    /// <inheritdoc/>
    public async Task AllowWritesAsync(bool allow, CancellationToken cancellationToken)
    {
        var answers = await RespClient.AskAsync(options.Port, _access.Commands(allow), cancellationToken);
        if (answers.Count != 2 || answers.Any(answer => answer != "+OK"))
        {
            throw new IOException($"the rights of clients were not changed: {string.Join(" ", answers)}");
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        Running = false;
        if (_server is { } server)
        {
            await server.Store.CommitAOFAsync(cancellationToken);
            LogStopped();
        }
    }

    public void Dispose() => Interlocked.Exchange(ref _server, null)?.Dispose();

    /// <summary>Garnet reports a taken port late and from a background thread; this names port and setting.</summary>
    private void RequireFreePort()
    {
        try
        {
            using var probe = new TcpListener(IPAddress.Loopback, options.Port);
            probe.Start();
        }
        catch (SocketException error)
        {
            throw new InvalidOperationException(
                $"port {options.Port} (MLKIT__ONLINESTORE__PORT) cannot be opened: {error.Message}", error);
        }
    }

    private string[] Arguments()
    {
        return
        [
            "--bind", "127.0.0.1", "--port", Text(options.Port), "-q", "--disable-console-logger",
            // The native device needs libaio on Linux; this one needs nothing and is fast enough here.
            "--device-type", "RandomAccess",
            "--memory", $"{options.MemoryMegabytes + Math.Max(HeadroomMegabytes, options.MemoryMegabytes / 2)}m", "--page", "1m", "--index", "16m",
            "--storage-tier", "--logdir", Path.Combine(folder, "log"), "--segment", "64m", "--object-log-segment", "64m",
            "--checkpointdir", Path.Combine(folder, "checkpoints"), "--checkpoint-freq", Text(options.CheckpointSeconds),
            "--aof", "--aof-commit-freq", Text(options.CommitMilliseconds),
            // An entry of the log must fit in a page, and a wide hash is one entry.
            "--aof-page-size", "16m", "--aof-memory", "32m", "--aof-segment-size", "64m",
            "--recover",
            "--auth", "ACL", "--acl-file", _access.WriteFile(folder),
        ];
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    [LoggerMessage(Level = LogLevel.Information, Message = "RESP on 127.0.0.1:{Port}, data in {Folder}, {Megabytes} MB of memory")]
    private partial void LogStarted(int port, string folder, int megabytes);

    [LoggerMessage(Level = LogLevel.Information, Message = "All changes are on disk")]
    private partial void LogStopped();
}
