using MlKit.Mlflow;
using MlKit.Scorer.Models;
using OpenTelemetry;

namespace MlKit.Scorer.Loading;

/// <summary>
/// Follows registered models: asks the registry every poll interval, loads what an alias points to, and switches over
/// when the new version is warm. Whatever goes wrong leaves the served version alone.
/// </summary>
internal sealed partial class RegistryWatcher(
    ScorerOptions options, ModelCatalog catalog, IModelRegistry registry, RegistrySwitch modelSwitch, TimeProvider time,
    ILogger<RegistryWatcher> logger) : BackgroundService
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);
    private readonly Dictionary<string, Followed> _followed = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.RegistryModels.Count == 0)
        {
            return;
        }

        foreach (var uri in options.RegistryModels)
        {
            catalog.Await(uri.Name!, $"{uri}: the registry has not answered yet");
            _followed[uri.Name!] = new Followed(uri);
        }

        await Task.Yield();
        using var timer = new PeriodicTimer(options.PollInterval, time);
        do
        {
            foreach (var followed in _followed.Values)
            {
                await LookAsync(followed, stoppingToken);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task LookAsync(Followed followed, CancellationToken cancellationToken)
    {
        if (time.GetUtcNow() < followed.NotBefore)
        {
            return;
        }

        try
        {
            var version = await ResolveAsync(followed.Uri, cancellationToken);
            if (version is null)
            {
                Report(followed, $"{followed.Uri}: the registry has no such model or alias");
            }
            else if (followed.Served == version)
            {
                Settle(followed);
            }
            else
            {
                await SwitchAsync(followed, version, cancellationToken);
            }
        }
        catch (RegistryException error)
        {
            Report(followed, $"{followed.Uri}: {error.Message}");
        }
        finally
        {
            followed.HasLooked = true;
        }
    }

    /// <summary>A look every second is not worth a trace each.</summary>
    private async Task<RegistryVersion?> ResolveAsync(ModelUri uri, CancellationToken cancellationToken)
    {
        using var quiet = SuppressInstrumentationScope.Begin();
        return await registry.ResolveAsync(uri, cancellationToken);
    }

    private async Task SwitchAsync(Followed followed, RegistryVersion version, CancellationToken cancellationToken)
    {
        try
        {
            var model = await modelSwitch.LoadAsync(followed.Served, version, followed.HasLooked, cancellationToken);
            followed.Served = version;
            followed.Failures = 0;
            followed.Reported = null;
            LogServing(version.Name, version.Version, followed.Uri, model.Digest);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            followed.Failures++;
            followed.NotBefore = time.GetUtcNow() + Pause(followed.Failures);
            catalog.Fail(version.Name, version.Version, error.Message);
            LogRefused(version.Name, version.Version, error.Message, followed.Served?.Version ?? "none");
        }
    }

    /// <summary>The time before a version that did not load is tried again: longer each time.</summary>
    private TimeSpan Pause(int failures)
    {
        var pause = options.PollInterval * Math.Pow(2, Math.Min(failures, 20));
        return pause < LongestPause ? pause : LongestPause;
    }

    private void Report(Followed followed, string problem)
    {
        catalog.Await(followed.Uri.Name!, problem);
        if (followed.Reported != problem)
        {
            followed.Reported = problem;
            LogWaiting(problem, followed.Served?.Version ?? "none");
        }
    }

    private void Settle(Followed followed)
    {
        if (followed.Reported is not null)
        {
            followed.Reported = null;
            catalog.Settle(followed.Uri.Name!);
            LogSettled(followed.Uri);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Serving model {Model} version {Version} ({Uri}, sha256 {Digest})")]
    private partial void LogServing(string model, string version, ModelUri uri, string digest);

    [LoggerMessage(Level = LogLevel.Error, Message = "Model {Model} version {Version} cannot be served: {Reason}; still serving version: {Served}")]
    private partial void LogRefused(string model, string version, string reason, string served);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Problem}; serving version: {Served}")]
    private partial void LogWaiting(string problem, string served);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Uri}: the registry answers again")]
    private partial void LogSettled(ModelUri uri);

    /// <summary>One address and how far following it has come.</summary>
    private sealed class Followed(ModelUri uri)
    {
        public ModelUri Uri { get; } = uri;

        public RegistryVersion? Served { get; set; }

        /// <summary>What comes now did not come at start-up.</summary>
        public bool HasLooked { get; set; }

        public string? Reported { get; set; }

        public int Failures { get; set; }

        public DateTimeOffset NotBefore { get; set; }
    }
}
