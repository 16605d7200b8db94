using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace MlKit.ServiceDefaults.Tests;

public sealed class LogDefaultsTests
{
    [Fact]
    public async Task A_service_that_is_not_ready_yet_logs_no_error_when_it_is_asked()
    {
        using var log = new Lines();
        await using var service = await RunningService.StartAsync(builder =>
        {
            builder.Logging.AddProvider(log);
            builder.Services.AddHealthChecks().AddCheck("model", () => HealthCheckResult.Unhealthy("no champion yet"));
        });

        await service.Client.GetAsync("/health", TestContext.Current.CancellationToken);

        Assert.NotEmpty(log.All);
        Assert.DoesNotContain(log.All, line => line.Level >= LogLevel.Warning);
    }

    /// <summary>Keeps what is logged.</summary>
    private sealed class Lines : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<(LogLevel Level, string Message)> All { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            All.Enqueue((logLevel, formatter(state, exception)));

        public void Dispose()
        {
        }
    }
}
