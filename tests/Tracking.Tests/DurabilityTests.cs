using MlKit.Mlflow;

namespace MlKit.Tests;

/// <summary>What the server has acknowledged is there after it was killed.</summary>
public sealed class DurabilityTests(PostgresServer postgres)
{
    private const int Writers = 8;

    [Theory]
    [InlineData(Backend.Sqlite)]
    [InlineData(Backend.Postgres)]
    public async Task No_acknowledged_metric_is_lost_when_the_server_is_killed_while_writing(Backend backend)
    {
        await using var server = await postgres.StartTrackingAsync(backend);
        var runId = await CreateRunAsync(server);
        var acknowledged = new long[Writers];
        var writers = Enumerable.Range(0, Writers).Select(writer => WriteUntilKilledAsync(server, runId, writer, acknowledged)).ToList();
        await Eventually.True(
            () => Task.FromResult(acknowledged.Sum() >= 200), TimeSpan.FromSeconds(60), "200 acknowledged batches");
        await server.KillAsync();
        await Task.WhenAll(writers);

        await server.StartAsync();
        var client = Client(server);
        for (var writer = 0; writer < Writers; writer++)
        {
            var points = await client.GetMetricHistoryAsync(runId, $"metric-{writer}", TestContext.Current.CancellationToken);
            var steps = points.Select(point => point.Step).ToHashSet();
            Assert.All(Enumerable.Range(0, (int)acknowledged[writer]), step => Assert.Contains(step, steps));
        }
    }

    [Fact]
    public async Task A_half_sent_artifact_is_never_visible()
    {
        await using var server = await TrackingProcess.StartAsync();
        var runId = await CreateRunAsync(server);
        var body = new StallingStream(bytes: 4 * 1024 * 1024);
        using var stop = new CancellationTokenSource();
        var upload = Client(server).UploadAsync(runId, "model/big.bin", body, cancellationToken: stop.Token);
        await body.Stalled.WaitAsync(TestContext.Current.CancellationToken);
        Assert.Empty(await Client(server).ListArtifactsAsync(runId, "model", TestContext.Current.CancellationToken));

        await server.KillAsync();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => upload);
        await server.StartAsync();
        Assert.Empty(await Client(server).ListArtifactsAsync(runId, "model", TestContext.Current.CancellationToken));
    }

    private static async Task WriteUntilKilledAsync(TrackingProcess server, string runId, int writer, long[] acknowledged)
    {
        var client = Client(server);
        try
        {
            for (var step = 0; ; step++)
            {
                await client.LogBatchAsync(
                    runId, [new Metric($"metric-{writer}", step, 1_700_000_000_000 + step, step)],
                    cancellationToken: TestContext.Current.CancellationToken);
                Interlocked.Increment(ref acknowledged[writer]);
            }
        }
        catch (MlflowException error) when (error.ErrorCode == "UNREACHABLE")
        {
        }
    }

    private static async Task<string> CreateRunAsync(TrackingProcess server)
    {
        var run = await Client(server).CreateRunAsync("0", "durable", cancellationToken: TestContext.Current.CancellationToken);
        return run.Info.RunId;
    }

    private static MlflowClient Client(TrackingProcess server) =>
        new(server.CreateClient(), new MlflowClientOptions { MaxRetries = 0 });
}
