using System.Diagnostics;
using StackExchange.Redis;

namespace MlKit.Tests;

/// <summary>What a store that is killed has after its next start.</summary>
public sealed class KillTests
{
    private const int CommitMilliseconds = 50;

    /// <summary>The commit interval, and what a busy machine adds to it.</summary>
    private static readonly TimeSpan Stated = TimeSpan.FromMilliseconds(CommitMilliseconds + 1000);

    [Fact]
    public async Task All_but_the_writes_of_the_stated_interval_are_there_after_kill_9()
    {
        var folder = Directory.CreateTempSubdirectory("mlkit-onlinestore-kill-").FullName;
        var port = StoreUnderTest.FreePort();
        var written = new List<(string Key, long Time)>();
        long killed;
        try
        {
            using (var store = Start(folder, port))
            {
                await using var connection = await ConnectAsync(port);
                var clock = Stopwatch.StartNew();
                var saved = false;
                while (clock.Elapsed < TimeSpan.FromSeconds(3))
                {
                    await connection.GetDatabase().HashSetAsync($"key{written.Count}", [new("n", written.Count), new("text", "x")]);
                    written.Add(($"key{written.Count}", clock.ElapsedMilliseconds));
                    if (!saved && clock.Elapsed > TimeSpan.FromSeconds(1))
                    {
                        saved = true;
                        await connection.GetDatabase().ExecuteAsync("SAVE");
                    }
                }

                store.Kill();
                killed = clock.ElapsedMilliseconds;
                await store.WaitForExitAsync(TestContext.Current.CancellationToken);
            }

            using (var store = Start(folder, port))
            {
                await using var connection = await ConnectAsync(port);
                var due = written.Where(entry => entry.Time < killed - Stated.TotalMilliseconds).Select(entry => entry.Key).ToList();
                var found = await Task.WhenAll(due.Select(key => connection.GetDatabase().HashGetAsync(key, "n")));
                Assert.True(due.Count > 100, $"only {due.Count} writes were due");
                Assert.Equal(Enumerable.Range(0, due.Count), found.Select(value => value.IsNull ? -1 : (int)value));
                store.Kill();
                await store.WaitForExitAsync(TestContext.Current.CancellationToken);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Process Start(string folder, int port)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(MlKit.OnlineStore.OnlineStoreOptions).Assembly.Location, "--urls", "http://127.0.0.1:0"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["MLKIT__STATE__PATH"] = folder;
        start.Environment["MLKIT__ONLINESTORE__PORT"] = $"{port}";
        start.Environment["MLKIT__ONLINESTORE__COMMITMILLISECONDS"] = $"{CommitMilliseconds}";
        var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static async Task<ConnectionMultiplexer> ConnectAsync(int port) => await Eventually.NotNull(
        async () =>
        {
            try
            {
                return await ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{port},connectRetry=1,allowAdmin=true");
            }
            catch (RedisConnectionException)
            {
                return null;
            }
        },
        TimeSpan.FromSeconds(30),
        "the store answers");
}
