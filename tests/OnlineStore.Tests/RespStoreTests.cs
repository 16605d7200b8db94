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

    [Theory]
    [InlineData(null)]
    [InlineData("secret")]
    public async Task Past_the_memory_budget_writes_are_refused_and_no_acknowledged_hash_is_missing(string? password)
    {
        await using var store = new StoreUnderTest(password, memoryMegabytes: 16);
        await store.StartAsync();
        await using var connection = await store.ConnectAsync(password);
        var database = connection.GetDatabase();
        var filler = new string('x', 200);
        const int hashes = 100_000;
        var acknowledged = new bool[hashes];
        foreach (var batch in Enumerable.Range(0, hashes).Chunk(2_000))
        {
            await Task.WhenAll(batch.Select(async i =>
            {
                try
                {
                    await database.HashSetAsync($"key{i}", [new("n", i), new("text", filler)]);
                    acknowledged[i] = true;
                }
                catch (RedisServerException error)
                {
                    Assert.StartsWith("NOPERM", error.Message, StringComparison.Ordinal);
                }
            }));
        }

        Assert.Contains(false, acknowledged);
        var missing = (await Task.WhenAll(Enumerable.Range(0, hashes).Where(i => acknowledged[i])
            .Select(async i => (i, value: await database.HashGetAsync($"key{i}", "n"))))).Where(pair => pair.value != pair.i).ToList();
        Assert.Empty(missing);
        Assert.True(store.Guard.RefusesWrites);
        var health = await store.Health().CheckHealthAsync(new HealthCheckContext(), TestContext.Current.CancellationToken);
        Assert.Equal(HealthStatus.Degraded, health.Status);
        Assert.Contains("of 16 MB used, writes are refused", health.Description, StringComparison.Ordinal);
        Assert.True((long)health.Data["usedBytes"] >= (long)health.Data["budgetBytes"]);

        // All of them: how many came in between two looks of the guard depends on the machine.
        await Task.WhenAll(Enumerable.Range(0, hashes).Where(i => acknowledged[i]).Select(i => database.KeyDeleteAsync($"key{i}")));
        await Eventually.True(
            async () => !store.Guard.RefusesWrites && await database.HashSetAsync("again", "n", 1) | true,
            TimeSpan.FromSeconds(10), "writes are taken again after deletions");
    }

    [Fact]
    public async Task Values_that_are_written_again_and_again_do_not_use_up_the_budget()
    {
        await using var store = new StoreUnderTest(memoryMegabytes: 16);
        await store.StartAsync();
        await using var connection = await store.ConnectAsync();
        var filler = new string('x', 200);
        for (var round = 0; round < 20; round++)
        {
            await Task.WhenAll(Enumerable.Range(0, 5_000).Select(i =>
                connection.GetDatabase().HashSetAsync($"key{i}", [new("n", round), new("text", filler)])));
            if (round % 5 == 4)
            {
                await connection.GetDatabase().ExecuteAsync("SAVE");
            }
        }

        Assert.False(store.Guard.RefusesWrites);
        Assert.InRange(store.Guard.UsedBytes, 1, store.Guard.BudgetBytes / 2);
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
