using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using MlKit.Mlflow;
using MlKit.Mlflow.Transport;

namespace MlKit.Tests;

/// <summary>What the client tells about itself: spans, metrics, health; and how it is registered.</summary>
public sealed class ObservabilityTests(TrackingServerFixture server) : IClassFixture<TrackingServerFixture>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/api/2.0/mlflow/runs/search", "runs/search")]
    [InlineData("/prefix/api/2.0/mlflow/logged-models/m-0123", "logged-models/{model_id}")]
    [InlineData("/api/2.0/mlflow/logged-models/m-0123/tags/some-key", "logged-models/{model_id}/tags/{key}")]
    [InlineData("/api/2.0/mlflow/logged-models/search", "logged-models/search")]
    [InlineData("/api/2.0/mlflow-artifacts/artifacts/1/abc/artifacts/model/x", "artifacts")]
    [InlineData("/version", "version")]
    public void Operations_are_named_without_ids(string path, string expected) => Assert.Equal(expected, CallScope.OperationOf(path));

    [Fact]
    public async Task A_call_is_one_span_with_its_repetitions_and_its_error()
    {
        var spans = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == MlflowTelemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = span => { lock (spans) { spans.Add(span); } },
        };
        ActivitySource.AddActivityListener(listener);
        using var parent = new Activity("test").Start();
        var retries = 0L;
        using var meter = new MeterListener { InstrumentPublished = (instrument, self) => { if (instrument.Name == "mlflow.client.retries") { self.EnableMeasurementEvents(instrument); } } };
        meter.SetMeasurementEventCallback<long>((_, value, _, _) => Interlocked.Add(ref retries, value));
        meter.Start();

        var handler = new ScriptedHandler(HttpStatusCode.ServiceUnavailable, HttpStatusCode.BadRequest) { Answer = """{"error_code":"INVALID_PARAMETER_VALUE","message":"why"}""" };
        var client = new MlflowClient(
            new HttpClient(handler) { BaseAddress = new Uri("http://mlflow.test") },
            new MlflowClientOptions { FirstRetryDelay = TimeSpan.FromMilliseconds(1) });
        await Assert.ThrowsAsync<MlflowException>(() => client.SetTagAsync("r", "k", "v", Stop));
        var span = Assert.Single(spans, span => span.TraceId == parent.TraceId);
        Assert.Equal(("mlflow runs/set-tag", ActivityStatusCode.Error), (span.DisplayName, span.Status));
        Assert.Equal("INVALID_PARAMETER_VALUE", span.GetTagItem("error.type"));
        Assert.Single(span.Events);
        Assert.True(Interlocked.Read(ref retries) >= 1);
    }

    [Fact]
    public async Task The_client_and_its_health_check_come_out_of_dependency_injection()
    {
        var good = await HealthAsync(server.Address.ToString());
        Assert.Equal(HealthStatus.Healthy, good.Status);
        var bad = await HealthAsync("http://127.0.0.1:1");
        Assert.Equal(HealthStatus.Degraded, bad.Status);
        Assert.Contains("127.0.0.1:1", bad.Entries["mlflow"].Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Transfers_tell_how_far_they_have_come()
    {
        var client = new MlflowClient(new HttpClient { BaseAddress = server.Address });
        Assert.Matches(@"^\d+\.\d+\.\d+$", await client.GetServerVersionAsync(Stop));
        var run = await client.CreateRunAsync("0", "transfers", cancellationToken: Stop);
        var folder = Directory.CreateTempSubdirectory("mlkit-transfer-");
        try
        {
            Directory.CreateDirectory(Path.Combine(folder.FullName, "from", "sub"));
            await File.WriteAllBytesAsync(Path.Combine(folder.FullName, "from", "sub", "big.bin"), new byte[300_000], Stop);
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "from", "empty.txt"), "", Stop);
            var up = new Reports();
            var stored = await client.UploadFolderAsync(run.Info.RunId, Path.Combine(folder.FullName, "from"), "data", up, Stop);
            Assert.Equal(["data/empty.txt", "data/sub/big.bin"], stored);
            Assert.Equal(new ArtifactProgress("data/sub/big.bin", 300_000, 300_000), up.Last("data/sub/big.bin"));
            Assert.True(up.Count > 3, "it is told on the way as well");

            var down = new Reports();
            await client.DownloadFolderAsync(run.Info.RunId, Path.Combine(folder.FullName, "to"), down, Stop);
            Assert.Equal(new ArtifactProgress("data/sub/big.bin", 300_000, 300_000), down.Last("data/sub/big.bin"));
            Assert.Equal(300_000, new FileInfo(Path.Combine(folder.FullName, "to", "data", "sub", "big.bin")).Length);
            Assert.Equal(100, (await client.PeekAsync(run.Info.RunId, "data/sub/big.bin", 100, Stop)).Length);
            Assert.Empty(await client.PeekAsync(run.Info.RunId, "data/empty.txt", 100, Stop));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<HealthReport> HealthAsync(string address)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddMlflowClient(address);
        services.AddHealthChecks().AddMlflow(failureStatus: HealthStatus.Degraded);
        await using var provider = services.BuildServiceProvider();
        return await provider.GetRequiredService<HealthCheckService>().CheckHealthAsync(Stop);
    }

    private sealed class Reports : IProgress<ArtifactProgress>
    {
        private readonly List<ArtifactProgress> _reports = [];

        public int Count => _reports.Count;

        public void Report(ArtifactProgress value)
        {
            lock (_reports)
            {
                _reports.Add(value);
            }
        }

        public ArtifactProgress Last(string path) => _reports.Last(report => report.Path == path);
    }
}
