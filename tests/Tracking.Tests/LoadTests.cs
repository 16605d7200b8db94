using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace MlKit.Tests;

/// <summary>100 writers and readers at once, for some seconds (the minute is the bench's): nothing fails, nothing is lost.</summary>
public sealed class LoadTests(PostgresServer postgres)
{
    private const int Clients = 100;

    private static readonly TimeSpan Time = TimeSpan.FromSeconds(8);

    [Theory]
    [InlineData(Backend.Sqlite)]
    [InlineData(Backend.Postgres)]
    public async Task A_hundred_clients_lose_no_acknowledged_metric_and_see_no_5xx(Backend backend)
    {
        await using var server = await postgres.StartTrackingAsync(backend);
        using var api = new Wire(server.Address);
        var written = await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => Task.Run(() => WriteAsync(api))));
        Assert.True(written.Sum(run => run.Batches) > Clients, "hardly anything was written");
        foreach (var (run, batches) in written)
        {
            var history = await api.ReadAsync($"metrics/get-history?run_id={run}&metric_key=m1");
            var steps = history["metrics"]!.AsArray().Select(point => point!["step"]!.GetValue<int>()).ToHashSet();
            Assert.True(Enumerable.Range(0, batches).All(steps.Contains), $"{run}: {steps.Count} of {batches}");
        }
    }

    private static async Task<(string Run, int Batches)> WriteAsync(Wire api)
    {
        var run = await api.CreateRunIdAsync();
        var clock = Stopwatch.StartNew();
        var batches = 0;
        for (; clock.Elapsed < Time; batches++)
        {
            var step = batches.ToString(CultureInfo.InvariantCulture);
            await api.DoAsync("runs/log-batch", $$"""{"run_id":"{{run}}","metrics":[{"key":"m1","value":{{step}},"timestamp":{{step}},"step":{{step}}},{"key":"m2","value":1,"timestamp":{{step}},"step":{{step}}}]}""");
            var read = await api.GetAsync($"runs/get?run_id={run}");
            Assert.Equal(HttpStatusCode.OK, read.Status);
        }

        return (run, batches);
    }
}
