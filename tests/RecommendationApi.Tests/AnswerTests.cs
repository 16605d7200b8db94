using System.Text.Json.Nodes;
using MlKit.RecommendationApi.Tests.Support;

namespace MlKit.RecommendationApi.Tests;

public sealed class AnswerTests
{
    [Fact]
    public async Task An_answer_has_the_form_that_the_design_fixes()
    {
        await using var api = await RunningApi.StartAsync();
        var answer = await api.RecommendAsync("196", 3);
        Assert.Equal(["userId", "items", "fallback", "missing", "models", "timings", "traceId"], answer.Select(member => member.Key));
        Assert.Equal("196", answer["userId"]!.GetValue<string>());
        Assert.Equal(["itemId", "score", "rank"], answer["items"]![0]!.AsObject().Select(member => member.Key));
        Assert.Equal([1, 2, 3], answer["items"]!.AsArray().Select(item => item!["rank"]!.GetValue<int>()));
        Assert.Null(answer.Fallback());
        Assert.Empty(answer.Missing());
        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse("""{"retrieval":{"name":"recommender-retrieval","version":"3"},"ranking":{"name":"recommender-ranker","version":"7"}}"""), answer["models"]));
        Assert.Equal(["featuresMs", "retrievalMs", "rankingMs", "totalMs"], answer["timings"]!.AsObject().Select(member => member.Key));
        Assert.Matches("^[0-9a-f]{32}$", answer["traceId"]!.GetValue<string>());
    }

    [Fact]
    public async Task The_ranker_decides_the_order_and_seen_items_do_not_come_back()
    {
        await using var api = await RunningApi.StartAsync();
        var items = (await api.RecommendAsync("196", 30)).Items();
        Assert.Equal(Enumerable.Range(4, 27).Reverse().Select(item => $"{item}"), items);
    }

    [Fact]
    public async Task Without_k_ten_items_are_answered()
    {
        await using var api = await RunningApi.StartAsync();
        var answer = JsonNode.Parse(await api.Http.GetStringAsync("/recommendations/196", TestContext.Current.CancellationToken))!.AsObject();
        Assert.Equal(10, answer.Items().Length);
    }

    [Fact]
    public async Task An_unknown_user_gets_popular_items()
    {
        await using var api = await RunningApi.StartAsync();
        var answer = await api.RecommendAsync("nobody", 3);
        Assert.Equal("unknown-user", answer.Fallback());
        Assert.Equal(["1", "2", "3"], answer.Items());
        Assert.Equal("", answer["models"]!["ranking"]!["version"]!.GetValue<string>());
    }

    [Fact]
    public async Task Models_with_text_ids_are_asked_in_text_also_when_the_type_changes_while_running()
    {
        await using var api = await RunningApi.StartAsync();
        api.Scorer.IdType = "BYTES";
        await api.RestartAsync();
        await api.IsReadyAsync();
        Assert.Equal("30", (await api.RecommendAsync("196")).Items()[0]);
    }

    [Theory]
    [InlineData("/recommendations/196?k=0", "from 1 to 1000")]
    [InlineData("/recommendations/196?k=100000", "from 1 to 1000")]
    [InlineData("/recommendations/196?k=-1", "from 1 to 1000")]
    [InlineData("/recommendations/196?k=ten", "from 1 to 1000")]
    [InlineData("/recommendations/196?k=", "from 1 to 1000")]
    [InlineData("/recommendations/a%20b", "1 to 128 characters")]
    [InlineData("/recommendations/a%2Fb", "1 to 128 characters")]
    [InlineData("/recommendations/%3Cscript%3E", "1 to 128 characters")]
    [InlineData("/recommendations/", "1 to 128 characters")]
    public async Task A_request_that_breaks_a_rule_is_a_problem_that_names_it(string path, string rule)
    {
        await using var api = await RunningApi.StartAsync();
        var response = await api.Http.GetAsync(path, TestContext.Current.CancellationToken);
        var body = JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        Assert.Equal(400, (int)response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(400, body["status"]!.GetValue<int>());
        Assert.Contains(rule, body["detail"]!.GetValue<string>());
    }

    [Fact]
    public async Task An_id_of_129_characters_is_refused_and_one_of_128_is_not()
    {
        await using var api = await RunningApi.StartAsync();
        Assert.Equal(400, (int)(await api.Http.GetAsync($"/recommendations/{new string('u', 129)}", TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal("unknown-user", (await api.RecommendAsync(new string('u', 128))).Fallback());
    }

    [Fact]
    public async Task The_demo_page_loads_nothing_from_elsewhere()
    {
        await using var api = await RunningApi.StartAsync();
        var page = await api.Http.GetStringAsync("/", TestContext.Current.CancellationToken);
        Assert.DoesNotContain("http:", page);
        Assert.DoesNotContain("https:", page);
        Assert.DoesNotContain("src=", page);
        var items = await api.Http.GetStringAsync("/items?id=5&id=none", TestContext.Current.CancellationToken);
        Assert.Equal("""[{"itemId":"5","title":"Film 5","genres":["Drama"]},{"itemId":"none","title":null,"genres":[]}]""", items);
    }
}
