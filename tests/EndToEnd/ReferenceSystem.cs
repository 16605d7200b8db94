using System.Diagnostics;
using System.Globalization;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MlKit.EndToEnd;

/// <summary>
/// The whole reference topology, started from the AppHost as a user starts it: real processes, random ports and a state
/// root of its own, so that it runs beside another AppHost of the same checkout.
/// </summary>
internal sealed class ReferenceSystem : IAsyncDisposable
{
    private static readonly TimeSpan StartDeadline = TimeSpan.FromMinutes(5);

    private readonly IDistributedApplicationTestingBuilder _builder;
    private readonly DistributedApplication _application;

    private ReferenceSystem(IDistributedApplicationTestingBuilder builder, DistributedApplication application)
    {
        _builder = builder;
        _application = application;
    }

    /// <summary>Starts the system and waits until the recommendation API is healthy.</summary>
    public static async Task<ReferenceSystem> StartAsync(CancellationToken cancellationToken)
    {
        // The gate on latency is about the models, not about what else this machine is doing.
        Environment.SetEnvironmentVariable("MLKIT__TRAINING__LATENCYBUDGETMS", "10000");
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(
            new DistributedApplicationTestingBuilderOptions { EnableDashboard = true }, [], cancellationToken);
        builder.Services.AddLogging(logging => logging.AddFilter("Polly", LogLevel.Warning));
        var system = new ReferenceSystem(builder, await builder.BuildAsync(cancellationToken));
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(StartDeadline);
        await system._application.StartAsync(deadline.Token);
        await system._application.ResourceNotifications.WaitForResourceHealthyAsync("recommendations", deadline.Token);
        return system;
    }

    /// <summary>A client of the resource's http endpoint.</summary>
    public HttpClient Client(string resource) => _application.CreateHttpClient(resource, "http");

    /// <summary>A client of the resource's http endpoint that shows every failure: nothing is asked twice.</summary>
    public HttpClient ClientWithoutRetries(string resource) => new() { BaseAddress = _application.GetEndpoint(resource, "http") };

    /// <summary>The address that logs a browser in to the dashboard.</summary>
    public Task<Uri> DashboardLoginAsync(CancellationToken cancellationToken) => _application.GetDashboardUrlAsync(cancellationToken);

    /// <summary>Starts a job again, as its command in the dashboard does, and waits until it has ended; the answer is its exit code.</summary>
    public async Task<int?> RunAgainAsync(string resource, CancellationToken cancellationToken)
    {
        var started = await _application.ResourceCommands.ExecuteCommandAsync(resource, KnownResourceCommands.StartCommand, cancellationToken);
        Assert.True(started.Success, started.Message);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(StartDeadline);
        var ended = await _application.ResourceNotifications.WaitForResourceAsync(
            resource, change => KnownResourceStates.TerminalStates.Contains(change.Snapshot.State?.Text, StringComparer.Ordinal), deadline.Token);
        return ended.Snapshot.ExitCode;
    }

    /// <summary>The processes that the host has started for its resources, those that have ended left out.</summary>
    public IReadOnlyList<Process> Processes()
    {
        var model = _application.Services.GetRequiredService<DistributedApplicationModel>();
        return model.Resources.Select(ProcessOf).OfType<Process>().ToList();
    }

    /// <summary>Stops everything, as Ctrl+C does.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => _application.StopAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync();
        await _builder.DisposeAsync();
    }

    private Process? ProcessOf(IResource resource)
    {
        if (!_application.ResourceNotifications.TryGetCurrentState(resource.Name, out var current))
        {
            return null;
        }

        var pid = current.Snapshot.Properties.FirstOrDefault(property => property.Name == "executable.pid")?.Value;
        return pid is null ? null : Find(Convert.ToInt32(pid, CultureInfo.InvariantCulture));
    }

    private static Process? Find(int pid)
    {
        try
        {
            return Process.GetProcessById(pid);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
