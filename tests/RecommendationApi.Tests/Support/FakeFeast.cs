using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace MlKit.RecommendationApi.Tests.Support;

/// <summary>A feature server in memory: rows by view and entity, the newer event time wins.</summary>
internal sealed class FakeFeast : FakeServer
{
    private readonly ConcurrentDictionary<string, JsonObject> _rows = new();

    /// <summary>The body of <c>/health</c>; Feast's own is empty.</summary>
    public volatile string Health = "";

    /// <summary>Bodies of <c>/push</c>, in order.</summary>
    public ConcurrentQueue<JsonObject> Pushes { get; } = new();

    public void Set(string view, string entity, JsonObject row) => _rows[$"{view}/{entity}"] = row;

    /// <summary>A user whose newest items come first; one event per minute, the newest at 2026-01-01.</summary>
    public void SetUser(string user, params string[] newestFirst)
    {
        var newest = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        Set("user_activity", user, new JsonObject
        {
            ["event_count"] = newestFirst.Length,
            ["mean_value"] = 4.0,
            ["seen_items"] = new JsonArray([.. newestFirst.Select(item => (JsonNode)item)]),
            ["last_items"] = new JsonArray([.. newestFirst.Select(item => (JsonNode)item)]),
            ["last_item_times"] = new JsonArray([.. newestFirst.Select((_, i) => (JsonNode)newest.AddMinutes(-i).ToUnixTimeSeconds())]),
            ["event_timestamp"] = newest.ToString("O"),
        });
        Set("user_profile", user, new JsonObject
        {
            ["mean_item_popularity"] = 2.5,
            ["genres"] = new JsonArray("Drama"),
            ["genre_weights"] = new JsonArray(1.0),
        });
    }

    protected override async Task AnswerAsync(HttpContext context)
    {
        if (context.Request.Path == "/health")
        {
            await context.Response.WriteAsync(Health);
            return;
        }

        var body = (await JsonNode.ParseAsync(context.Request.Body))!.AsObject();
        if (context.Request.Path == "/push")
        {
            Pushes.Enqueue(body);
            Push(body["df"]!.AsObject());
            return;
        }

        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(Read(body).ToJsonString());
    }

    private void Push(JsonObject frame)
    {
        var user = frame["user_id"]![0]!.GetValue<string>();
        var row = new JsonObject(frame.Where(column => column.Key != "user_id").Select(column => KeyValuePair.Create(column.Key, column.Value![0]?.DeepClone())));
        var time = Time(row)!.Value;
        if (!_rows.TryGetValue($"user_activity/{user}", out var old) || Time(old) < time)
        {
            Set("user_activity", user, row);
        }
    }

    private static DateTimeOffset? Time(JsonObject row) =>
        row["event_timestamp"] is { } text ? DateTimeOffset.Parse(text.GetValue<string>(), System.Globalization.CultureInfo.InvariantCulture) : null;

    private JsonObject Read(JsonObject request)
    {
        var (key, ids) = request["entities"]!.AsObject().Single();
        var names = new JsonArray(JsonValue.Create(key));
        var results = new JsonArray(new JsonObject { ["values"] = ids!.DeepClone() });
        foreach (var reference in request["features"]!.AsArray())
        {
            var (view, feature) = (reference!.GetValue<string>().Split(':')[0], reference.GetValue<string>().Split(':')[1]);
            var rows = ids!.AsArray().Select(id => _rows.GetValueOrDefault($"{view}/{id!.GetValue<string>()}")).ToList();
            names.Add((JsonNode)$"{view}__{feature}");
            results.Add(new JsonObject
            {
                ["values"] = new JsonArray([.. rows.Select(row => row?[feature]?.DeepClone())]),
                ["statuses"] = new JsonArray([.. rows.Select(row => (JsonNode)(row is null ? "NOT_FOUND" : "PRESENT"))]),
                ["event_timestamps"] = new JsonArray([.. rows.Select(row => (JsonNode)(row is null ? "1970-01-01T00:00:00Z" : Time(row)?.ToString("O") ?? "2026-01-01T00:00:00Z"))]),
            });
        }

        return new JsonObject { ["metadata"] = new JsonObject { ["feature_names"] = names }, ["results"] = results };
    }
}
