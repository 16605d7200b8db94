using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Images;
using StackExchange.Redis;
using Testcontainers.Redis;

namespace MlKit.Tests;

/// <summary>Redis in a container, for the tests that MlKit.Feast.Tests runs on the embedded store and on redis-server.</summary>
public sealed class RedisServers : IAsyncLifetime
{
    /// <summary>The image that <c>tests/containers/containers.sh up</c> makes.</summary>
    private const string Image = "mlkit/redis:ci";

    private RedisContainer? _container;

    /// <summary>The stores of this project.</summary>
    public static TheoryData<string> Kinds { get; } = ["container"];

    public ValueTask InitializeAsync() => default;

    /// <summary>Connection string of an empty store; skips the test where there is no engine or no image.</summary>
    public async Task<string> EmptyAsync(string kind)
    {
        _container ??= await StartAsync();
        await using var connection = await ConnectionMultiplexer.ConnectAsync($"{_container.GetConnectionString()},allowAdmin=true");
        await connection.GetServers()[0].FlushAllDatabasesAsync();
        return _container.GetConnectionString();
    }

    public async ValueTask DisposeAsync()
    {
        if (_container is not null)
        {
            await _container.DisposeAsync();
        }
    }

    private static async Task<RedisContainer> StartAsync()
    {
        try
        {
            // Made here and nowhere else: there is nothing to pull.
            var container = new RedisBuilder(Image).WithImagePullPolicy(PullPolicy.Never).Build();
            await container.StartAsync(TestContext.Current.CancellationToken);
            return container;
        }
        catch (Exception error) when (error is DockerUnavailableException or Docker.DotNet.DockerImageNotFoundException)
        {
            Assert.Skip($"there is no container engine or no image {Image} (eval \"$(tests/containers/containers.sh up)\"): {error.Message}");
            throw;
        }
    }
}
