using System.Diagnostics;
using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using MlKit.Aspire.Embedded.Runtime;

namespace MlKit.Aspire.Embedded.Terminal;

/// <summary>Writes state changes as lines, one table when everything has started, and how long that took.</summary>
internal sealed class ConsoleReporter(
    DistributedApplicationModel model, ResourceNotificationService notifications, ResourceLoggerService logs, RunSettings settings, TimeProvider time)
{
    private readonly Dictionary<string, string> _said = new(StringComparer.OrdinalIgnoreCase);
    private readonly EndResource _end = new();
    private Task? _following;
    private bool _tableShown;

    /// <summary>Where it writes; standard output unless a test takes it.</summary>
    public TextWriter Writer { get; set; } = System.Console.Out;

    /// <summary>Starts to follow the states until the token ends it.</summary>
    public void Begin(CancellationToken stopping)
    {
        if (settings.ConsoleOutput)
        {
            _following = FollowAsync(stopping);
        }
    }

    /// <summary>Writes one line.</summary>
    public void Say(string line)
    {
        if (settings.ConsoleOutput)
        {
            Writer.WriteLine(line);
        }
    }

    /// <summary>Writes what was told so far, and nothing any more.</summary>
    public async Task EndAsync()
    {
        if (_following is { } following)
        {
            // Changes come in their order: when this one comes, all before it were written.
            await notifications.PublishUpdateAsync(_end, s => s with { IsHidden = true });
            await following;
        }
    }

    private async Task FollowAsync(CancellationToken stopping)
    {
        // Changes are said until the end, so that the stop is seen too.
        await foreach (var change in notifications.WatchAsync(CancellationToken.None))
        {
            if (ReferenceEquals(change.Resource, _end))
            {
                return;
            }

            if (change.Snapshot.IsHidden || !Orchestrator.IsStarted(change.Resource) || change.Snapshot.State is null)
            {
                continue;
            }

            SayChange(change);
            if (!_tableShown && !stopping.IsCancellationRequested)
            {
                ShowTableOnceReady();
            }
        }
    }

    private void SayChange(ResourceEvent change)
    {
        var text = StateText.Of(change.Snapshot);
        if (_said.GetValueOrDefault(change.ResourceId) == text)
        {
            return;
        }

        _said[change.ResourceId] = text;
        var clock = time.GetLocalNow().ToString("HH:mm:ss", CultureInfo.InvariantCulture);
        var line = $"{clock}  {change.Resource.Name,-16}  {text}";
        if (!StateText.HasFailed(change.Snapshot))
        {
            Writer.WriteLine(line);
            return;
        }

        var reason = StateText.Reason(logs.Log(change.ResourceId));
        Writer.WriteLine(reason.Count == 0 ? line : $"{line}: {reason[^1]}");
        foreach (var more in reason.SkipLast(1))
        {
            Writer.WriteLine($"          | {more}");
        }
    }

    private List<ResourceEvent> Shown() =>
        [.. notifications.All().Where(e => !e.Snapshot.IsHidden && Orchestrator.IsStarted(e.Resource))];

    private void ShowTableOnceReady()
    {
        var all = Shown();
        if (all.Count < model.Resources.Count(Orchestrator.IsStarted) - HiddenCount() || all.Any(e => !StateText.IsSettled(e.Snapshot)))
        {
            return;
        }

        _tableShown = true;
        Writer.WriteLine();
        Writer.WriteLine(ResourceTable.Format(all.Select(e => (e.Resource.Name, StateText.Of(e.Snapshot), StateText.Addresses(e.Snapshot)))));
        var seconds = SinceProcessStart().TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
        var failed = all.Where(e => StateText.HasFailed(e.Snapshot)).Select(e => e.Resource.Name).Distinct().ToList();
        Writer.WriteLine(failed.Count == 0
            ? $"Ready after {seconds} s{MainAddress()}"
            : $"Not ready after {seconds} s: {string.Join(", ", failed)} failed");
    }

    private int HiddenCount() => notifications.All().Count(e => e.Snapshot.IsHidden && Orchestrator.IsStarted(e.Resource));

    private TimeSpan SinceProcessStart()
    {
        using var self = Process.GetCurrentProcess();
        return time.GetUtcNow() - self.StartTime.ToUniversalTime();
    }

    // What a person opens: the last external endpoint that speaks HTTP, else the last HTTP endpoint at all.
    private string MainAddress()
    {
        var http = model.Resources.Reverse()
            .Where(r => Shown().Any(e => ReferenceEquals(e.Resource, r)))
            .SelectMany(r => r.Annotations.OfType<EndpointAnnotation>())
            .Where(e => e.UriScheme is "http" or "https" && e.AllocatedEndpoint is not null)
            .ToList();
        var main = http.FirstOrDefault(e => e.IsExternal) ?? http.FirstOrDefault();
        return main is null ? "" : $": {main.AllocatedEndpoint!.UriString}";
    }

    private sealed class EndResource() : Resource("end-of-console");
}
