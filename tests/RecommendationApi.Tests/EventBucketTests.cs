using Microsoft.Extensions.Logging.Abstractions;
using MlKit.RecommendationApi.Events;
using MlKit.RecommendationApi.Tests.Support;
using MlKit.Storage;
using MlKit.Tests;

namespace MlKit.RecommendationApi.Tests;

/// <summary>The event log in a bucket, on npm's s3rver.</summary>
public sealed class EventBucketTests
{
    private const string Location = "s3://bucket/feedback";

    private static readonly DateTimeOffset Start = new(2026, 1, 10, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Events_are_written_at_once_and_their_ids_are_known_to_the_next_process()
    {
        await using var server = await S3Rver.StartAsync();
        using var log = new EventLog(Location, new Clock(Start), server.Options);
        using var other = new EventLog(Location, new Clock(Start.AddDays(1)), server.Options);

        Assert.Equal(["1", "2"], Ids(await log.AppendAsync([Event("1"), Event("2"), Event("1")], Token)));
        Assert.Equal(["3"], Ids(await log.AppendAsync([Event("2"), Event("3")], Token)));
        Assert.Equal(["4"], Ids(await other.AppendAsync([Event("1"), Event("3"), Event("4")], Token)));

        var files = await FilesAsync(server);
        Assert.Equal(3, files.Count);
        Assert.All(files, file => Assert.Matches(@"^date=2026-01-1[01]/writer=[0-9a-f]{12}/part-.*\.jsonl$", file));
    }

    [Fact]
    public async Task Lists_that_arrive_together_share_files_and_each_event_counts_once()
    {
        await using var server = await S3Rver.StartAsync();
        using var log = new EventLog(Location, new Clock(Start), server.Options);

        var accepted = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => log.AppendAsync([Event($"{i / 2}"), Event($"own {i}")], Token)));

        Assert.Equal(300, accepted.Sum(fresh => fresh.Count));
        Assert.InRange((await FilesAsync(server)).Count, 1, 100);
        Assert.Equal(300, (await EventsAsync(server)).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task A_bucket_that_refuses_accepts_nothing_and_the_events_are_new_when_they_come_again()
    {
        await using var server = await S3Rver.StartAsync();
        using var broken = new EventLog("s3://elsewhere/feedback", new Clock(Start), server.Options);
        await Assert.ThrowsAsync<IOException>(() => broken.AppendAsync([Event("1")], Token));
        await Assert.ThrowsAsync<IOException>(() => broken.AppendAsync([Event("1")], Token));
    }

    [Fact]
    public async Task Small_files_are_merged_and_old_days_become_Parquet_without_losing_an_event()
    {
        await using var server = await S3Rver.StartAsync();
        using var log = new EventLog(Location, new Clock(Start), server.Options);
        for (var i = 0; i < 20; i++)
        {
            await log.AppendAsync([Event($"{i}")], Token);
        }

        using (var sealer = Sealer(server, log, Start))
        {
            Assert.Equal(19, await sealer.MergeAsync(Token));
            Assert.Equal(0, await sealer.MergeAsync(Token));
        }

        Assert.Single(await FilesAsync(server));
        Assert.Equal(20, (await EventsAsync(server)).Count);
        Assert.Empty(await log.AppendAsync([Event("7")], Token));
        using (var later = new EventLog(Location, new Clock(Start.AddDays(9)), server.Options))
        using (var sealer = Sealer(server, later, Start.AddDays(9)))
        {
            Assert.Equal(20, await sealer.SealAsync(Token));
        }

        Assert.Empty(await FilesAsync(server));
        using var store = Store(server);
        Assert.EndsWith(".parquet", Assert.Single(await store.ListTreeAsync("", Token)).Name, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_API_keeps_its_events_in_the_bucket_that_a_setting_names()
    {
        await using var server = await S3Rver.StartAsync();
        await using var api = await RunningApi.StartAsync(api => api.Settings =
        [
            "--MLKIT:DATA:EVENTS", Location, "--MLKIT:STORAGE:S3:ENDPOINT", server.Options.Endpoint!.AbsoluteUri,
            "--MLKIT:STORAGE:S3:ACCESSKEY", server.Options.AccessKey!, "--MLKIT:STORAGE:S3:SECRETKEY", server.Options.SecretKey!,
        ]);

        using var answer = await api.PostAsync("""[{"eventId":"e1","userId":"196","itemId":"9","type":"view","timestamp":"2026-02-01T00:00:00Z"}]""");

        Assert.Equal(System.Net.HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal(["e1"], await EventsAsync(server));
    }

    private static EventSealer Sealer(S3Rver server, EventLog log, DateTimeOffset now) =>
        new(Location, log, new Clock(now), NullLogger<EventSealer>.Instance, server.Options);

    private static S3ObjectStore Store(S3Rver server) => new(new Uri(Location), server.Options);

    private static async Task<IReadOnlyList<string>> FilesAsync(S3Rver server)
    {
        using var store = Store(server);
        return [.. (await EventLines.ListAsync(store, "", Token)).Select(entry => entry.Name)];
    }

    private static async Task<List<string>> EventsAsync(S3Rver server)
    {
        using var store = Store(server);
        var ids = new List<string>();
        foreach (var file in await EventLines.ListAsync(store, "", Token))
        {
            await foreach (var one in EventLines.ReadAsync(store, file.Name, Token))
            {
                ids.Add(one.EventId!);
            }
        }

        return ids;
    }

    private static string[] Ids(IEnumerable<EventMessage> events) => [.. events.Select(one => one.EventId!)];

    private static EventMessage Event(string id) => new() { EventId = id, UserId = "u", ItemId = "i", Type = "view", Timestamp = Start };

    private sealed class Clock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
