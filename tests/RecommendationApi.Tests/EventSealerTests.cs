using Microsoft.Extensions.Logging.Abstractions;
using MlKit.RecommendationApi.Events;

namespace MlKit.RecommendationApi.Tests;

public sealed class EventSealerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mlkit-sealer-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Lines_of_old_days_become_Parquet_and_newer_ones_stay()
    {
        var start = new DateTimeOffset(2026, 1, 10, 12, 0, 0, TimeSpan.Zero);
        await AppendAsync(start, Event("1", start.AddHours(-20)), Event("2", start));
        await AppendAsync(start.AddDays(3), Event("3", start.AddDays(3)));
        await File.AppendAllTextAsync(Directory.GetFiles(Path.Combine(_folder, "date=2026-01-10"), "*.jsonl", SearchOption.AllDirectories).Single(), "{\"eventId\":\"4", Token);

        Assert.Equal(0, await SealAsync(start.AddDays(8)));
        Assert.Equal(2, await SealAsync(start.AddDays(9)));
        Assert.Equal(0, await SealAsync(start.AddDays(9)));

        Assert.Equal(["date=2026-01-13"], Folders("*.jsonl"));
        Assert.Equal(["date=2026-01-09", "date=2026-01-10"], Folders("*.parquet"));
        // The ids of the days that count are still known.
        Assert.Empty(await AppendAsync(start.AddDays(9), Event("3", start)));
    }

    private async Task<int> SealAsync(DateTimeOffset now)
    {
        using var log = new EventLog(_folder, new Clock(now));
        using var sealer = new EventSealer(_folder, log, new Clock(now), NullLogger<EventSealer>.Instance);
        return await sealer.SealAsync(Token);
    }

    private async Task<IReadOnlyList<EventMessage>> AppendAsync(DateTimeOffset now, params EventMessage[] events)
    {
        using var log = new EventLog(_folder, new Clock(now));
        return await log.AppendAsync(events, Token);
    }

    private string[] Folders(string pattern) =>
    [
        .. Directory.GetFiles(_folder, pattern, SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(_folder, file).Split(Path.DirectorySeparatorChar)[0]).Distinct().Order(StringComparer.Ordinal),
    ];

    private static EventMessage Event(string id, DateTimeOffset time) =>
        new() { EventId = id, UserId = "u", ItemId = "i", Type = "view", Timestamp = time };

    private sealed class Clock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
