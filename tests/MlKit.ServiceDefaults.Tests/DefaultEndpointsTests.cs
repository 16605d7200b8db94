using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace MlKit.ServiceDefaults.Tests;

public sealed class DefaultEndpointsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/health")]
    [InlineData("/alive")]
    public async Task A_service_without_checks_of_its_own_is_ready_and_alive(string path)
    {
        await using var service = await RunningService.StartAsync();

        var response = await service.Client.GetAsync(path, Cancellation);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task A_failing_check_makes_the_service_not_ready_with_its_reason_but_leaves_it_alive()
    {
        await using var service = await RunningService.StartAsync(builder =>
            builder.Services.AddHealthChecks().AddCheck("model", () => HealthCheckResult.Unhealthy("no champion yet")));

        var ready = await service.Client.GetAsync("/health", Cancellation);
        var alive = await service.Client.GetAsync("/alive", Cancellation);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Equal(HttpStatusCode.OK, alive.StatusCode);
        using var report = JsonDocument.Parse(await ready.Content.ReadAsStringAsync(Cancellation));
        var check = report.RootElement.GetProperty("checks").GetProperty("model");
        Assert.Equal("no champion yet", check.GetProperty("description").GetString());
    }

    [Fact]
    public async Task Metrics_are_served_in_the_text_format_of_Prometheus()
    {
        await using var service = await RunningService.StartAsync();
        await service.Client.GetAsync("/alive", Cancellation);

        var text = await service.Client.GetStringAsync("/metrics", Cancellation);

        Assert.Contains("# TYPE http_server_request_duration_seconds histogram", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_server_does_not_name_its_product()
    {
        await using var service = await RunningService.StartAsync();

        var response = await service.Client.GetAsync("/alive", Cancellation);

        Assert.False(response.Headers.Contains("Server"));
    }
}
