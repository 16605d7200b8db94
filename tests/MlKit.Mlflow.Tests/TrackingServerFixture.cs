namespace MlKit.Tests;

/// <summary>One server for all tests of a class; each test uses names of its own.</summary>
public sealed class TrackingServerFixture : IAsyncLifetime
{
    private TrackingProcess _server = null!;

    public Uri Address => _server.Address;

    public async ValueTask InitializeAsync() => _server = await TrackingProcess.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
