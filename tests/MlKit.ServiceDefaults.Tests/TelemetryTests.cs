using System.Net;
using System.Net.Sockets;

namespace MlKit.ServiceDefaults.Tests;

public sealed class TelemetryTests
{
    /// <summary>The embedded host kills what has not ended 5 s after the request to stop.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_collector_that_never_answers_does_not_hold_up_the_end_of_a_service()
    {
        using var collector = new TcpListener(IPAddress.Loopback, 0);
        collector.Start();
        var service = await RunningService.StartAsync(builder =>
            builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] = $"http://{collector.LocalEndpoint}");
        await service.Client.GetAsync("/nothing", Cancellation);

        await service.DisposeAsync().AsTask().WaitAsync(Grace, Cancellation);
    }
}
