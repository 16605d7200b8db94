using Microsoft.Extensions.Configuration;
using MlKit.Feast;
using MlKit.Recommendation.Data;
using MlKit.Storage;
using MlKit.Tests;
using ValueType = MlKit.Feast.ValueType;

namespace MlKit.TrainingWorker.Tests;

/// <summary>Feedback that an event log of the feature store holds.</summary>
public sealed class FeedbackTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mlkit-feedback-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Events_in_Parquet_join_the_data_beside_those_in_lines_and_count_once()
    {
        var time = new DateTimeOffset(2001, 9, 9, 1, 47, 0, TimeSpan.Zero);
        using (var log = new EventLog(
            _folder,
            [new("event_id", ValueType.String), new("user_id", ValueType.String), new("item_id", ValueType.String), new("type", ValueType.String), new("value", ValueType.Double)]))
        {
            await log.AppendAsync(
                new FeatureFrame(
                    new FeatureColumn("event_id", new[] { "1", "2" }),
                    new FeatureColumn("user_id", new[] { "u", "new" }),
                    new FeatureColumn("item_id", new[] { "c", "a" }),
                    new FeatureColumn("type", new[] { "view", "view" }),
                    new FeatureColumn("value", new double?[] { 2.5, null }),
                    new FeatureColumn("event_timestamp", new[] { time, time.AddDays(1) })),
                TestContext.Current.CancellationToken);
        }

        await File.WriteAllTextAsync(
            Path.Combine(_folder, "part-0.jsonl"),
            """
            {"eventId":"1","userId":"u","itemId":"c","type":"view","value":2.5,"timestamp":"2001-09-09T01:47:00+00:00"}
            {"eventId":"3","userId":"u","itemId":"b","type":"view","value":1,"timestamp":"2001-09-12T01:47:00+00:00"}
            """ + "\n",
            TestContext.Current.CancellationToken);
        var builder = new DataSetBuilder("base");
        builder.Add("u", "a", 1_000_000_000, 1);

        var data = EventLogReader.Append(builder.Build(), _folder, new DataReadOptions(), TestContext.Current.CancellationToken);

        Assert.Equal(
            [("u", "a", 1f), ("u", "c", 2.5f), ("new", "a", 1f), ("u", "b", 1f)],
            data.Interactions.Select(e => (data.UserIds[e.User], data.ItemIds[e.Item], e.Value)));
    }

    [Fact]
    public async Task Data_and_feedback_in_a_bucket_are_brought_here_and_what_the_bucket_lost_is_gone()
    {
        await using var server = await S3Rver.StartAsync();
        using var bucket = new S3ObjectStore(new Uri("s3://bucket"), server.Options);
        await WriteAsync("data/ratings.csv", "user,item,timestamp,rating\nu,a,1000000000,3\n");
        await WriteAsync("events/date=2001-09-09/writer=w/part-0.jsonl", Line("1", "first"));
        await WriteAsync("events/date=2001-09-10/writer=w/part-0.jsonl", Line("2", "second"));
        var options = TrainingOptions.Read(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["MLKIT:STATE:PATH"] = _folder,
            ["MLKIT:DATA:PATH"] = "s3://bucket/data/ratings.csv",
            ["MLKIT:DATA:EVENTS"] = "s3://bucket/events",
            ["MLKIT:FEAST:REGISTRY"] = "s3://bucket/feast/registry.db",
            ["MLKIT:STORAGE:S3:ENDPOINT"] = server.Options.Endpoint!.AbsoluteUri,
            ["MLKIT:STORAGE:S3:ACCESSKEY"] = server.Options.AccessKey,
            ["MLKIT:STORAGE:S3:SECRETKEY"] = server.Options.SecretKey,
        }).Build());

        Assert.Equal("s3://bucket/feast/registry.db", options.Registry);
        Assert.Equal(["u", "first", "second"], await UsersAsync());
        await bucket.DeleteAsync("events/date=2001-09-10", TestContext.Current.CancellationToken);
        await WriteAsync("events/date=2001-09-09/writer=w/part-0.jsonl", Line("1", "other"));
        Assert.Equal(["u", "other"], await UsersAsync());

        async Task<string[]> UsersAsync()
        {
            var source = await DataSource.FetchAsync(options, TestContext.Current.CancellationToken);
            return [.. source.Read(options, TestContext.Current.CancellationToken).UserIds];
        }

        Task WriteAsync(string key, string text) =>
            bucket.WriteAsync(key, new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text)), cancellationToken: TestContext.Current.CancellationToken);

        static string Line(string id, string user) =>
            $$"""{"eventId":"{{id}}","userId":"{{user}}","itemId":"a","type":"view","value":2.5,"timestamp":"2001-09-09T01:47:00+00:00"}""" + "\n";
    }
}
