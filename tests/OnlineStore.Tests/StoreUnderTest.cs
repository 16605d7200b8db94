using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using MlKit.OnlineStore;
using StackExchange.Redis;

namespace MlKit.Tests;

/// <summary>A store over a temporary folder that can be stopped and started again on the same data.</summary>
internal sealed class StoreUnderTest : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mlkit-onlinestore-").FullName;
    private readonly OnlineStoreOptions _options;
    private RespStore? _store;
    private MemoryGuard? _guard;

    public StoreUnderTest(string? password = null, int memoryMegabytes = 64, int checkpointSeconds = 300) =>
        _options = new OnlineStoreOptions(FreePort(), password, memoryMegabytes, checkpointSeconds, CommitMilliseconds: 20);

    public int Port => _options.Port;

    public string Folder => _folder;

    public async Task StartAsync()
    {
        _store = new RespStore(_options, _folder, NullLoggerFactory.Instance, NullLogger<RespStore>.Instance);
        await _store.StartAsync(TestContext.Current.CancellationToken);
        _guard = new MemoryGuard(_store, _options, TimeProvider.System, NullLogger<MemoryGuard>.Instance);
        await _guard.StartAsync(TestContext.Current.CancellationToken);
    }

    public MemoryGuard Guard => _guard!;

    public RespStoreHealth Health() => new(_store!, _guard!, _options);

    public async Task StopAsync()
    {
        if (_store is { } store)
        {
            _store = null;
            if (_guard is { } guard)
            {
                await guard.StopAsync(CancellationToken.None);
                guard.Dispose();
            }

            await store.StopAsync(CancellationToken.None);
            store.Dispose();
        }
    }

    public Task<ConnectionMultiplexer> ConnectAsync(string? password = null) =>
        ConnectionMultiplexer.ConnectAsync(new ConfigurationOptions
        {
            EndPoints = { { IPAddress.Loopback, Port } },
            Password = password,
            AbortOnConnectFail = true,
            AllowAdmin = true,
        });

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(_folder, recursive: true);
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
