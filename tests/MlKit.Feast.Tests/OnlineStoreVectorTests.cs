using System.Globalization;
using System.Text.Json;
using MlKit.Feast;
using MlKit.Feast.Protos.Core;
using MlKit.Feast.Protos.Types;
using StackExchange.Redis;

namespace MlKit.Tests;

/// <summary>The commands that Feast sends, and what they leave behind.</summary>
[Collection(RedisTests.Name)]
public sealed class OnlineStoreVectorTests(RedisServers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(RedisServers.Kinds), MemberType = typeof(RedisServers))]
    public async Task Writes_send_the_commands_that_Feast_sends_and_leave_the_same_data(string kind)
    {
        var catalog = WriteVectors.Catalog();
        var connectionString = "";
        foreach (var step in Vectors.Cases("redis_write"))
        {
            var name = step.Text("name");
            if (step.GetProperty("starts_from_empty_redis").GetBoolean())
            {
                connectionString = await servers.EmptyAsync(kind);
            }

            await using var proxy = new RecordingProxy(connectionString);
            await WriteAsync(proxy.ConnectionString, catalog.View(step.Text("feature_view")), step);

            Assert.Equal((name, WriteVectors.Lines(WriteVectors.Expected(step))), (name, WriteVectors.Lines(proxy.Commands)));
            Assert.Equal((name, string.Join('\n', RedisContent.Lines(step.GetProperty("redis_after")))), (name, string.Join('\n', await RedisContent.LinesAsync(connectionString))));
            await CheckLivesAsync(connectionString, step);
        }
    }

    [Theory]
    [MemberData(nameof(RedisServers.Kinds), MemberType = typeof(RedisServers))]
    public async Task Reads_send_the_commands_that_Feast_sends_and_decode_the_same_rows(string kind)
    {
        var connectionString = await servers.EmptyAsync(kind);
        await RedisContent.FillAsync(connectionString, Vectors.Load("redis_read").GetProperty("redis_data"));
        await using var proxy = new RecordingProxy(connectionString);
        await using var connection = await ConnectionMultiplexer.ConnectAsync(RedisConnection.Parse(proxy.ConnectionString));
        foreach (var vector in Vectors.Cases("redis_read"))
        {
            proxy.Commands.Clear();
            var view = WriteVectors.Catalog().View(vector.Text("feature_view"));
            var features = vector.GetProperty("requested_features") is { ValueKind: JsonValueKind.Array } requested
                ? requested.EnumerateArray().Select(feature => view.FindFeature(feature.GetString()!)!).ToList()
                : [.. view.Features];
            var store = new Feast.OnlineStore(connection, vector.Text("project"), new OnlineStoreOptions());
            RedisValue[] fields = [.. features.Select(feature => (RedisValue)feature.Field), view.EventTimeField];

            var replies = await store.ReadAsync([.. vector.GetProperty("entities").EnumerateArray().Select(entity => Key(store, entity))], fields, Token);

            Assert.Equal(WriteVectors.Lines(WriteVectors.Expected(vector)), WriteVectors.Lines(proxy.Commands));
            var rows = vector.GetProperty("rows").EnumerateArray().ToList();
            for (var row = 0; row < rows.Count; row++)
            {
                Assert.Equal(DateTimeOffset.Parse(rows[row].Text("event_timestamp"), CultureInfo.InvariantCulture), Time(replies[row][^1]).ToDateTimeOffset());
                for (var i = 0; i < features.Count; i++)
                {
                    Assert.Equal(
                        rows[row].GetProperty("features").GetProperty(features[i].Name).Text("proto_hex"),
                        Vectors.ToHex(replies[row][i].IsNull ? [] : (byte[])replies[row][i]!));
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(RedisServers.Kinds), MemberType = typeof(RedisServers))]
    public async Task A_precomputed_vector_is_written_and_read_as_Feast_does(string kind)
    {
        var recorded = Vectors.Load("redis_write").GetProperty("precomputed_vector");
        var vector = PrecomputedFeatureVector.Parser.ParseFrom(recorded.Hex("vector_proto_hex"));
        var commands = WriteVectors.Expected(recorded).ToList();
        var keys = WriteVectors.Catalog().View(vector.FvTimestamps[0].FeatureViewName).JoinKeys;
        await using var proxy = new RecordingProxy(await servers.EmptyAsync(kind));
        await using var connection = await ConnectionMultiplexer.ConnectAsync(RedisConnection.Parse(proxy.ConnectionString));
        var store = new Feast.OnlineStore(connection, WriteVectors.Project, new OnlineStoreOptions());
        var view = PrecomputedVectors.View(recorded.Text("feature_service"), keys.Select(key => new Field(key.Name, Feast.ValueType.Int64)));

        // The time of the write is in the recorded command.
        await PrecomputedVectors.WriteAsync(
            store, view, [([new Value { Int64Val = 1001 }], vector)], EventTime.Parse(Convert.FromHexString(commands[1].Arguments[2])), Token);

        Assert.Equal(WriteVectors.Lines(commands), WriteVectors.Lines(proxy.Commands));
        Assert.Equal(RedisContent.Lines(recorded.GetProperty("redis_after")), await RedisContent.LinesAsync(proxy.ConnectionString));
    }

    private static async Task WriteAsync(string connectionString, CatalogView view, JsonElement step)
    {
        await using var connection = await ConnectionMultiplexer.ConnectAsync(RedisConnection.Parse(connectionString));
        var store = new Feast.OnlineStore(connection, step.Text("project"), new OnlineStoreOptions
        {
            EntityKeyVersion = step.GetProperty("entity_key_serialization_version").GetInt32(),
            KeyTtl = step.GetProperty("key_ttl_seconds") is { ValueKind: JsonValueKind.Number } seconds ? TimeSpan.FromSeconds(seconds.GetInt32()) : null,
            SkipDedup = step.GetProperty("skip_dedup").GetBoolean(),
        });
        var rows = step.GetProperty("rows").EnumerateArray().ToList();
        var features = rows[0].GetProperty("features").EnumerateObject().Select(feature => view.FindFeature(feature.Name)!).ToList();

        await store.WriteAsync(view, features, rows.Select(row => new OnlineRow(
            [.. row.GetProperty("entity_values").EnumerateArray().Select(Vectors.Message)],
            EventTime.From(DateTimeOffset.Parse(row.Text("event_timestamp"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)),
            [.. row.GetProperty("features").EnumerateObject().Select(feature => feature.Value.Message())])), Token);
    }

    private static async Task CheckLivesAsync(string connectionString, JsonElement step)
    {
        foreach (var key in step.GetProperty("redis_after").EnumerateArray())
        {
            var life = await RedisContent.LifeAsync(connectionString, key.Hex("key_hex"));
            if (key.GetProperty("ttl_seconds").GetInt64() is var expected and > 0)
            {
                Assert.InRange(life!.Value.TotalSeconds, expected - 30, expected);
            }
            else
            {
                Assert.Null(life);
            }
        }
    }

    private static byte[] Key(Feast.OnlineStore store, JsonElement entity)
    {
        var parts = entity.EnumerateArray().ToList();
        return store.Key(store.Keys([.. parts.Select(part => part.Text("join_key"))]), [.. parts.Select(Vectors.Message)]);
    }

    private static EventTime Time(RedisValue value) => value.IsNull ? EventTime.Epoch : EventTime.Parse((byte[])value!);
}
