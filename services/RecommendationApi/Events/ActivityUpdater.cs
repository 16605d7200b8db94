using System.Collections.Concurrent;
using MlKit.RecommendationApi.Features;

namespace MlKit.RecommendationApi.Events;

/// <summary>
/// Brings accepted events into the online features at once. What the feature server does not take now is kept and
/// tried again; the event itself is already in the log.
/// </summary>
internal sealed partial class ActivityUpdater(FeatureClient client, TimeProvider time, ILogger<ActivityUpdater> logger) : BackgroundService
{
    private const int Stripes = 64;
    private const int MostWaiting = 100_000;
    private const int MostAttempts = 1_000;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(1);
    private readonly SemaphoreSlim[] _users = [.. Enumerable.Range(0, Stripes).Select(_ => new SemaphoreSlim(1))];
    private readonly ConcurrentQueue<Waiting> _waiting = new();

    /// <summary>Updates the users of the events; what fails is tried again later.</summary>
    public async Task ApplyAsync(IReadOnlyList<EventMessage> events, CancellationToken cancellationToken)
    {
        foreach (var user in events.GroupBy(one => one.UserId!, StringComparer.Ordinal))
        {
            var list = user.ToList();
            if (!await TryApplyAsync(user.Key, list, cancellationToken))
            {
                Keep(new Waiting(list, Attempts: 1));
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await RetryAsync(stoppingToken);
        }
    }

    /// <summary>Each waiting list gets one more attempt; one that is refused for good does not hold up the others.</summary>
    private async Task RetryAsync(CancellationToken cancellationToken)
    {
        for (var left = _waiting.Count; left > 0 && _waiting.TryDequeue(out var waiting); left--)
        {
            if (!await TryApplyAsync(waiting.Events[0].UserId!, waiting.Events, cancellationToken))
            {
                Keep(waiting with { Attempts = waiting.Attempts + 1 });
            }
        }
    }

    private async Task<bool> TryApplyAsync(string userId, IReadOnlyList<EventMessage> events, CancellationToken cancellationToken)
    {
        // Reading, adding and writing back is not one step at the server: two lists of one user take turns.
        var turn = _users[(uint)StringComparer.Ordinal.GetHashCode(userId) % Stripes];
        await turn.WaitAsync(cancellationToken);
        try
        {
            var before = await client.GetUserAsync(userId, cancellationToken);
            var after = UserActivity.Add(before, events);
            await client.PushActivityAsync(userId, after, EventTime(before, after), cancellationToken);
            return true;
        }
        catch (FeatureServerException error)
        {
            LogLater(events.Count, userId, error.Message);
            return false;
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>The store keeps the row with the newer event time, so each row must be newer than the one before.</summary>
    private static DateTimeOffset EventTime(UserFeatures before, UserFeatures after)
    {
        var newest = after.State.LastEventTime ?? DateTimeOffset.UnixEpoch;
        return before.StoredAt is { } stored && stored >= newest ? stored + Step : newest;
    }

    private void Keep(Waiting waiting)
    {
        if (_waiting.Count >= MostWaiting || waiting.Attempts > MostAttempts)
        {
            LogDropped(waiting.Events.Count);
            return;
        }

        _waiting.Enqueue(waiting);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} events of user {UserId} reach the online features later: {Reason}")]
    private partial void LogLater(int count, string userId, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "The feature server does not take {Count} events; they reach the features with the next training only")]
    private partial void LogDropped(int count);

    /// <summary>Events of one user that the feature server has not taken yet.</summary>
    private sealed record Waiting(IReadOnlyList<EventMessage> Events, int Attempts);
}
