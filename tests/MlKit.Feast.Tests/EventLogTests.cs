using MlKit.Feast;
using MlKit.Storage;
using ValueType = MlKit.Feast.ValueType;

namespace MlKit.Tests;

/// <summary>Events in Parquet files by day, in a folder and in a bucket.</summary>
public sealed class EventLogTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly Field[] Columns = [new("event_id", ValueType.String), new("user_id", ValueType.String), new("value", ValueType.Double), new("items", ValueType.StringList)];

    private readonly string _folder = Directory.CreateTempSubdirectory("mlkit-events-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Events_lie_under_their_day_and_their_writer_and_DuckDB_reads_them_all()
    {
        using var one = new EventLog(_folder, Columns, "one");
        using var two = new EventLog(_folder, Columns, "two");

        var added = await one.AppendAsync(Events(Noon, Noon.AddHours(13), Noon.AddHours(14)), Token);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => two.AppendAsync(Events(Noon), Token)));

        Assert.Equal(["date=2026-03-01/writer=one", "date=2026-03-02/writer=one"], added.Select(file => file[..file.LastIndexOf('/')]));
        using var duck = new DuckSession(new OfflineStoreOptions());
        using var rows = duck.Read(
            $"SELECT date::VARCHAR, writer, count(*), count(value), max(event_timestamp)::VARCHAR FROM read_parquet('{_folder}/**/*.parquet', hive_partitioning = true) GROUP BY ALL ORDER BY ALL");
        var found = new List<string>();
        while (rows.Read())
        {
            found.Add(string.Join(' ', Enumerable.Range(0, 5).Select(column => rows.GetValue(column))));
        }

        Assert.Equal(
            ["2026-03-01 one 1 1 2026-03-01 12:00:00+00", "2026-03-01 two 4 4 2026-03-01 12:00:00+00", "2026-03-02 one 2 1 2026-03-02 02:00:00+00"], found);
    }

    [Fact]
    public async Task Events_in_a_bucket_are_the_same()
    {
        await using var server = await StandInS3.StartAsync();
        using var log = new EventLog("s3://bucket/feedback", Columns, "w", s3: server.Options);

        var added = await log.AppendAsync(Events(Noon, Noon.AddDays(1)), Token);

        using var store = new S3ObjectStore(new Uri("s3://bucket/feedback"), server.Options);
        Assert.Equal(["date=2026-03-01", "date=2026-03-02"], (await store.ListAsync("", Token)).Select(entry => entry.Name));
        var copy = Path.Combine(_folder, "copy.parquet");
        await using (var content = await store.OpenReadAsync(added[1], Token))
        await using (var file = File.Create(copy))
        {
            await content.CopyToAsync(file, Token);
        }

        using var duck = new DuckSession(new OfflineStoreOptions());
        using var rows = duck.Read($"SELECT event_id, items[2] FROM read_parquet('{copy}')");
        Assert.True(rows.Read());
        Assert.Equal(("e1", "b"), (rows.GetString(0), rows.GetString(1)));
    }

    [Fact]
    public async Task What_does_not_fit_is_named_and_leaves_nothing_behind()
    {
        using var log = new EventLog(_folder, Columns, "w");
        FeatureFrame With(string name, Array values) =>
            new(Events(Noon, Noon.AddDays(1)).Columns.Where(column => column.Name != name).Append(new FeatureColumn(name, values)));

        Assert.Contains("there is no column 'value'", (await Refused(new FeatureFrame(Events(Noon).Columns.Where(column => column.Name != "value")))).Message, StringComparison.Ordinal);
        Assert.Contains("column 'value' row 1: 'much'", (await Refused(With("value", new object[] { 1.0, "much" }))).Message, StringComparison.Ordinal);
        Assert.Contains("column 'event_timestamp' row 1 has no time", (await Refused(With("event_timestamp", new object?[] { Noon, null }))).Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(_folder, "*.parquet", SearchOption.AllDirectories));
        Assert.Contains("allowed are letters", Assert.Throws<FeastException>(() => new EventLog(_folder, Columns, "../x")).Message, StringComparison.Ordinal);
        Assert.Contains("type Map", Assert.Throws<FeastException>(() => new EventLog(_folder, [new Field("m", ValueType.Map)])).Message, StringComparison.Ordinal);

        // The second day cannot be written: the first does not stay alone.
        await File.WriteAllTextAsync(Path.Combine(_folder, "date=2026-03-02"), "a file in the way", Token);
        var error = await Assert.ThrowsAnyAsync<Exception>(() => log.AppendAsync(Events(Noon, Noon.AddDays(1)), Token));
        Assert.Contains("date=2026-03-02", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(_folder, "*.parquet", SearchOption.AllDirectories));

        Task<FeastException> Refused(FeatureFrame events) => Assert.ThrowsAsync<FeastException>(() => log.AppendAsync(events, Token));
    }

    private static FeatureFrame Events(params DateTimeOffset[] times) => new(
        new FeatureColumn("event_id", times.Select((_, i) => $"e{i}").ToArray()),
        new FeatureColumn("user_id", times.Select(_ => "u1").ToArray()),
        new FeatureColumn("value", times.Select((_, i) => i == 2 ? (double?)null : i).ToArray()),
        new FeatureColumn("items", times.Select(_ => new[] { "a", "b" }).ToArray()),
        new FeatureColumn("event_timestamp", times));
}
