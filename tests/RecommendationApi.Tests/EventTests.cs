using System.Net;
using System.Text.Json.Nodes;
using MlKit.RecommendationApi.Tests.Support;
using MlKit.Tests;

namespace MlKit.RecommendationApi.Tests;

public sealed class EventTests
{
    [Fact]
    public async Task An_accepted_event_changes_the_next_answer()
    {
        await using var api = await RunningApi.StartAsync();
        var best = (await api.RecommendAsync("196")).Items()[0];
        var response = await api.PostAsync(Event("e1", "196", best, "2026-02-01T00:00:00Z"));
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal("""{"accepted":1,"duplicates":0}""", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.DoesNotContain(best, (await api.RecommendAsync("196", 30)).Items());

        var frame = Assert.Single(api.Feast.Pushes)["df"]!;
        Assert.Equal(4, frame["event_count"]![0]!.GetValue<long>());
        Assert.Equal([best, "3", "1", "2"], frame["seen_items"]![0]!.AsArray().Select(item => item!.GetValue<string>()));
        Assert.Equal((3 * 4.0 + 5) / 4, frame["mean_value"]![0]!.GetValue<double>(), 6);
        Assert.Equal(1769904000, frame["last_item_times"]![0]![0]!.GetValue<long>());
    }

    [Fact]
    public async Task A_stranger_is_known_after_the_first_event()
    {
        await using var api = await RunningApi.StartAsync();
        await api.PostAsync(Event("e1", "new", "30", "2026-02-01T00:00:00Z"));
        var answer = await api.RecommendAsync("new", 30);
        Assert.Null(answer.Fallback());
        Assert.DoesNotContain("30", answer.Items());
    }

    [Fact]
    public async Task An_event_that_comes_late_is_seen_but_is_not_the_newest()
    {
        await using var api = await RunningApi.StartAsync();
        await api.PostAsync(Event("e1", "196", "9", "1999-01-01T00:00:00Z"));
        var frame = Assert.Single(api.Feast.Pushes)["df"]!;
        Assert.Equal(["3", "1", "2", "9"], frame["last_items"]![0]!.AsArray().Select(item => item!.GetValue<string>()));
        Assert.DoesNotContain("9", (await api.RecommendAsync("196", 30)).Items());
    }

    [Fact]
    public async Task A_repeated_event_is_a_duplicate_also_after_a_restart()
    {
        await using var api = await RunningApi.StartAsync();
        var one = Event("e1", "196", "9", "2026-02-01T00:00:00Z")[1..^1];
        var other = Event("e2", "196", "8", "2026-02-01T00:00:01Z")[1..^1];
        Assert.Equal("""{"accepted":1,"duplicates":1}""", await TextAsync(await api.PostAsync($"[{one},{one}]")));
        await api.RestartAsync();
        Assert.Equal("""{"accepted":1,"duplicates":1}""", await TextAsync(await api.PostAsync($"[{one},{other}]")));
        Assert.Equal(2, api.Feast.Pushes.Count);
    }

    [Fact]
    public async Task Events_wait_for_a_feature_server_that_is_away()
    {
        await using var api = await RunningApi.StartAsync();
        api.Feast.Down = true;
        Assert.Equal(HttpStatusCode.Accepted, (await api.PostAsync(Event("e1", "196", "9", "2026-02-01T00:00:00Z"))).StatusCode);
        api.Feast.Down = false;
        await Eventually.True(() => Task.FromResult(api.Feast.Pushes.Count == 1), TimeSpan.FromSeconds(20), "the event reaches the features");
    }

    [Theory]
    [InlineData("[]", "$: the list has 0 events")]
    [InlineData("{}", "must be a JSON list")]
    [InlineData("[{", "must be a JSON list")]
    [InlineData("[null]", "[0]: an event is null")]
    [InlineData("""[{"eventId":"e","userId":"u","itemId":"i","type":"view","timestamp":"yesterday"}]""", "must be a JSON list")]
    [InlineData("""[{"eventId":"e","userId":"u","itemId":"i","type":"view"}]""", "[0].timestamp: it is missing")]
    [InlineData("""[{"eventId":"e","userId":"u","itemId":"i","type":"view","timestamp":"2999-01-01T00:00:00Z"}]""", "one day after now")]
    [InlineData("""[{"eventId":"e","userId":"u u","itemId":"i","type":"view","timestamp":"2026-01-01T00:00:00Z"}]""", "[0].userId: 'u u' is not an id")]
    [InlineData("""[{"userId":"u","itemId":"i","type":"","timestamp":"2026-01-01T00:00:00Z"}]""", "[0].eventId")]
    public async Task A_wrong_list_is_refused_as_a_whole_with_the_place_and_the_rule(string body, string rule)
    {
        await using var api = await RunningApi.StartAsync();
        var response = await api.PostAsync(body);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(rule, JsonNode.Parse(await TextAsync(response))!["detail"]!.GetValue<string>());
        Assert.Empty(api.Feast.Pushes);
    }

    private static string Event(string id, string user, string item, string time) =>
        $$"""[{"eventId":"{{id}}","userId":"{{user}}","itemId":"{{item}}","type":"rating","value":5,"timestamp":"{{time}}"}]""";

    private static Task<string> TextAsync(HttpResponseMessage response) => response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
}
