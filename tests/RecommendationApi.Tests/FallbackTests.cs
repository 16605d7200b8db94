using System.Net;
using MlKit.RecommendationApi.Tests.Support;
using MlKit.Tests;

namespace MlKit.RecommendationApi.Tests;

public sealed class FallbackTests
{
    [Fact]
    public async Task Without_the_feature_server_a_known_user_is_answered_from_remembered_features()
    {
        await using var api = await RunningApi.StartAsync();
        var before = await api.RecommendAsync("196");
        api.Feast.Down = true;
        var after = await api.RecommendAsync("196");
        Assert.Equal("cached-features", after.Fallback());
        Assert.Equal(["feast"], after.Missing());
        Assert.Equal(before.Items(), after.Items());
        Assert.Equal("7", after["models"]!["ranking"]!["version"]!.GetValue<string>());
    }

    [Fact]
    public async Task Without_the_feature_server_a_user_never_seen_gets_popular_items()
    {
        await using var api = await RunningApi.StartAsync();
        api.Feast.Down = true;
        var answer = await api.RecommendAsync("196", 2);
        Assert.Equal("popular", answer.Fallback());
        Assert.Equal(["feast"], answer.Missing());
        Assert.Equal(["1", "2"], answer.Items());
    }

    [Fact]
    public async Task Without_the_ranker_the_order_is_that_of_retrieval()
    {
        await using var api = await RunningApi.StartAsync();
        api.Scorer.RankerDown = true;
        var answer = await api.RecommendAsync("196", 3);
        Assert.Null(answer.Fallback());
        Assert.Equal(["scorer"], answer.Missing());
        Assert.Equal(["4", "5", "6"], answer.Items());
        Assert.Equal("", answer["models"]!["ranking"]!["name"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_ranker_with_other_columns_is_not_believed()
    {
        await using var api = await RunningApi.StartAsync();
        api.Scorer.RankerVersion = "8";
        api.Scorer.SchemaHash = "other";
        Assert.Equal(["4", "5", "6"], (await api.RecommendAsync("196", 3)).Items());
    }

    [Fact]
    public async Task A_ranker_that_was_trained_on_another_schema_of_a_view_is_not_believed()
    {
        await using var api = await RunningApi.StartAsync();
        api.Scorer.RankerVersion = "8";
        api.Scorer.Views = "user_activity=0123,view_of_others=0123";
        var answer = await api.RecommendAsync("196", 3);
        Assert.Equal(["4", "5", "6"], answer.Items());
        Assert.Equal(["scorer"], answer.Missing());
    }

    [Fact]
    public async Task Features_of_another_schema_are_refused_until_the_right_one_is_served()
    {
        const string report = """{"status": "Healthy", "checks": {"registry": {"data": {"views": "4", "schema of user_activity": "HASH", "schema of another": "1"}}}}""";
        await using var api = await RunningApi.StartAsync(starting => starting.Feast.Health = report.Replace("HASH", "0123", StringComparison.Ordinal));
        async Task<string> HealthAsync()
        {
            using var response = await api.Http.GetAsync("/health", TestContext.Current.CancellationToken);
            return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        }

        await Eventually.True(
            async () => (await HealthAsync()).Contains("its registry has another schema of the feature view user_activity than this API was built for", StringComparison.Ordinal),
            TimeSpan.FromSeconds(20), "the API notices the other schema");
        Assert.Equal(["feast"], (await api.RecommendAsync("196", 3)).Missing());

        api.Feast.Health = report.Replace("HASH", MlKit.Features.UserActivityRow.SchemaHash, StringComparison.Ordinal);
        await Eventually.True(async () => (await api.RecommendAsync("196", 3)).Missing().Length == 0, TimeSpan.FromSeconds(20), "the API reads again");
    }

    [Fact]
    public async Task Without_the_scorer_a_user_gets_the_last_ranking_and_a_stranger_popular_items()
    {
        await using var api = await RunningApi.StartAsync();
        var before = await api.RecommendAsync("196", 5);
        api.Scorer.Down = true;
        var known = await api.RecommendAsync("196", 5);
        Assert.Equal("last-ranking", known.Fallback());
        Assert.Equal(["scorer"], known.Missing());
        Assert.Equal(before.Items(), known.Items());

        api.Feast.SetUser("197", "1", "2");
        var stranger = await api.RecommendAsync("197", 2);
        Assert.Equal("popular", stranger.Fallback());
        Assert.Equal(["3", "4"], stranger.Items());
    }

    [Fact]
    public async Task The_list_of_popular_items_survives_a_restart()
    {
        await using var api = await RunningApi.StartAsync();
        api.Scorer.Down = true;
        await api.RestartAsync();
        var answer = await api.RecommendAsync("nobody", 2);
        Assert.Equal("popular", answer.Fallback());
        Assert.Equal(["1", "2"], answer.Items());
    }

    [Fact]
    public async Task With_nothing_to_answer_from_the_api_says_so_and_is_not_ready()
    {
        await using var api = await RunningApi.StartAsync(start => start.Scorer.Down = true);
        await Eventually.True(
            async () => (await api.Http.GetAsync("/health", TestContext.Current.CancellationToken)).StatusCode == HttpStatusCode.ServiceUnavailable
                && (await HealthAsync(api)).Contains("cannot be reached"),
            TimeSpan.FromSeconds(20), "the scorer is named in /health");
        Assert.Equal(HttpStatusCode.OK, (await api.Http.GetAsync("/alive", TestContext.Current.CancellationToken)).StatusCode);
        var response = await api.Http.GetAsync("/recommendations/196", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);

        api.Scorer.Down = false;
        await api.IsReadyAsync();
    }

    [Fact]
    public async Task A_peer_that_is_lost_later_degrades_the_service_and_no_more()
    {
        await using var api = await RunningApi.StartAsync();
        api.Feast.Down = true;
        await Eventually.True(async () => (await HealthAsync(api)).Contains("Degraded"), TimeSpan.FromSeconds(30), "the loss is seen");
        Assert.Equal(HttpStatusCode.OK, (await api.Http.GetAsync("/health", TestContext.Current.CancellationToken)).StatusCode);
    }

    private static async Task<string> HealthAsync(RunningApi api)
    {
        var response = await api.Http.GetAsync("/health", TestContext.Current.CancellationToken);
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }
}
