using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using StackExchange.Redis;

namespace MlKit.Tests;

public sealed class RespStoreTests
{
    [Fact]
    public async Task Data_are_there_after_a_restart()
    {
        await using var store = new StoreUnderTest();
        await store.StartAsync();
        await using (var first = await store.ConnectAsync())
        {
            await first.GetDatabase().HashSetAsync("driver", [new("rate", "0.93"), new("trips", "42")]);
        }

        await store.StopAsync();
        await store.StartAsync();

        await using var second = await store.ConnectAsync();
        Assert.Equal(["0.93", "42"], (await second.GetDatabase().HashGetAsync("driver", ["rate", "trips"])).ToStringArray());
    }

    [Fact]
    public async Task Data_written_before_and_after_a_checkpoint_are_there_after_a_restart()
    {
        await using var store = new StoreUnderTest();
        await store.StartAsync();
        await using (var first = await store.ConnectAsync())
        {
            var database = first.GetDatabase();
            await database.HashSetAsync("before", "f", "1");
            await database.ExecuteAsync("SAVE");
            await database.HashSetAsync("after", "f", "2");
            await database.HashSetAsync("before", "g", "3");
        }

        await store.StopAsync();
        await store.StartAsync();

        await using var second = await store.ConnectAsync();
        Assert.Equal(["1", "3"], (await second.GetDatabase().HashGetAsync("before", ["f", "g"])).ToStringArray());
        Assert.Equal("2", await second.GetDatabase().HashGetAsync("after", "f"));
    }

    [Fact]
    public async Task No_hash_is_lost_when_the_data_exceed_the_memory()
    {
        await using var store = new StoreUnderTest(memoryMegabytes: 16);
        await store.StartAsync();
        await using var connection = await store.ConnectAsync();
        var database = connection.GetDatabase();
        var filler = new string('x', 200);
        const int hashes = 100_000;
        await Task.WhenAll(Enumerable.Range(0, hashes).Select(i =>
            database.HashSetAsync($"key{i}", [new("n", i), new("text", filler)])));

        // The oldest ones would be the first to go.
        var oldest = await Task.WhenAll(Enumerable.Range(0, 2_000).Select(i => database.HashGetAsync($"key{i * (hashes / 2_000)}", "n")));

        Assert.Equal(Enumerable.Range(0, 2_000).Select(i => (long)i * (hashes / 2_000)), oldest.Select(value => (long)value));
    }

    [Fact]
    public async Task A_client_without_the_password_is_refused()
    {
        await using var store = new StoreUnderTest(password: "open sesame");
        await store.StartAsync();

        await Assert.ThrowsAsync<RedisConnectionException>(() => store.ConnectAsync());
        await using var connection = await store.ConnectAsync("open sesame");
        Assert.True(await connection.GetDatabase().StringSetAsync("k", "v"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("with spaces and \" quotes")]
    public async Task Health_is_good_while_the_port_answers(string? password)
    {
        await using var store = new StoreUnderTest(password);
        await store.StartAsync();

        var result = await store.Health().CheckHealthAsync(new HealthCheckContext(), TestContext.Current.CancellationToken);

        Assert.Equal(HealthStatus.Healthy, result.Status);
        Assert.Contains($"{store.Port}", result.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_says_that_a_stopped_store_does_not_serve()
    {
        await using var store = new StoreUnderTest();
        await store.StartAsync();
        var health = store.Health();
        await store.StopAsync();

        var result = await health.CheckHealthAsync(new HealthCheckContext(), TestContext.Current.CancellationToken);

        Assert.Equal(HealthStatus.Unhealthy, result.Status);
    }

    [Fact]
    public async Task A_taken_port_is_an_error_that_names_port_and_setting()
    {
        await using var store = new StoreUnderTest();
        using var taken = new TcpListener(IPAddress.Loopback, store.Port);
        taken.Start();

        var error = await Assert.ThrowsAsync<InvalidOperationException>(store.StartAsync);

        Assert.Contains($"port {store.Port} (MLKIT__ONLINESTORE__PORT)", error.Message, StringComparison.Ordinal);
    }
}
