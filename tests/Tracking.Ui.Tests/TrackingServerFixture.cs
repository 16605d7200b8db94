using MlKit.Mlflow;

namespace MlKit.Tests;

/// <summary>One server for all tests of a class.</summary>
public sealed class TrackingServerFixture : IAsyncLifetime
{
    private TrackingProcess _server = null!;

    public Uri Address => _server.Address;

    public MlflowClient Client { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await TrackingProcess.StartAsync();
        Client = new MlflowClient(_server.CreateClient());
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
