using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using MlKit.Tests;

namespace MlKit.EndToEnd;

/// <summary>One system for the whole story, because a start trains models: data, models, answers, a new version, the end.</summary>
public sealed class ReferenceSystemTests
{
    private const string Ranker = "recommender-ranker";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_AppHost_recommends_serves_a_new_champion_without_a_failed_request_learns_from_feedback_and_leaves_no_process()
    {
        await using var system = await ReferenceSystem.StartAsync(Cancellation);
        using var api = system.Client("recommendations");
        using var features = system.Client("feast");
        foreach (var user in (string[])["1", "2", "3"])
        {
            await AssertRecommendsUnseenItems(api, features, user);
        }

        await DashboardView.AssertShowsTraceAsync(await system.DashboardLoginAsync(Cancellation), (string)(await Get(api, "/recommendations/2?k=10"))["traceId"]!);
        await AssertUnknownUsersGetPopularItems(api);
        await AssertBadRequestsNameTheRule(api);
        await AssertAliasMovesWithoutFailedRequest(system);
        await AssertFeedbackIsTrainedOnAndServed(system, api);
        await AssertPublishedSeriesAreServed(system);

        var processes = system.Processes();
        Assert.True(processes.Count >= 5, $"{processes.Count} processes ran");
        await system.StopAsync(Cancellation);
        Assert.All(processes, process => Assert.True(process.HasExited, $"pid {process.Id} is still running"));
    }

    private static async Task AssertRecommendsUnseenItems(HttpClient api, HttpClient features, string user)
    {
        var answer = await Get(api, $"/recommendations/{user}?k=10");

        Assert.Equal(user, (string?)answer["userId"]);
        Assert.Null(answer["fallback"]);
        var items = answer["items"]!.AsArray().Select(item => (string)item!["itemId"]!).ToList();
        Assert.Equal(10, items.Distinct().Count());
        Assert.Equal(Enumerable.Range(1, 10), answer["items"]!.AsArray().Select(item => (int)item!["rank"]!));
        var seen = await SeenItems(features, user);
        Assert.NotEmpty(seen);
        Assert.Empty(items.Intersect(seen));
    }

    private static async Task<List<string>> SeenItems(HttpClient features, string user)
    {
        var response = await features.PostAsJsonAsync(
            "/get-online-features",
            new { features = (string[])["user_activity:seen_items"], entities = new { user_id = (string[])[user] } },
            Cancellation);
        var body = await Body(response);
        return body["results"]!.AsArray()[1]!["values"]![0]!.AsArray().Select(item => (string)item!).ToList();
    }

    private static async Task AssertUnknownUsersGetPopularItems(HttpClient api)
    {
        var answer = await Get(api, "/recommendations/no-such-user?k=10");

        Assert.Equal("unknown-user", (string?)answer["fallback"]);
        Assert.Equal(10, answer["items"]!.AsArray().Count);
    }

    private static async Task AssertBadRequestsNameTheRule(HttpClient api)
    {
        foreach (var path in (string[])["/recommendations/1?k=0", "/recommendations/1?k=100000", "/recommendations/%01?k=10"])
        {
            var response = await api.GetAsync(path, Cancellation);

            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        }
    }

    private static async Task AssertAliasMovesWithoutFailedRequest(ReferenceSystem system)
    {
        using var mlflow = system.Client("mlflow");
        using var scorer = system.ClientWithoutRetries("scorer");
        using var api = system.ClientWithoutRetries("recommendations");
        var next = await RegisterNextVersion(mlflow);
        await using var load = new ScorerLoad(scorer, Ranker);
        await SetChampion(mlflow, next);

        await Eventually.True(
            async () =>
            {
                var answer = await Get(api, "/recommendations/1?k=10");
                Assert.Null(answer["fallback"]);
                return (string?)answer["models"]!["ranking"]!["version"] == next && load.Versions.Contains(next);
            },
            TimeSpan.FromSeconds(30),
            $"{Ranker} version {next} is served");
        Assert.Equal(2, (await load.EndAsync()).Count);
    }

    /// <summary>Events of a new user are in the next training set, that training promotes, and its models answer.</summary>
    private static async Task AssertFeedbackIsTrainedOnAndServed(ReferenceSystem system, HttpClient api)
    {
        const string user = "feedback";
        using var mlflow = system.Client("mlflow");
        var before = await TrainedOn(mlflow);
        var seen = (await Get(api, "/recommendations/1?k=10"))["items"]!.AsArray().Select(item => (string)item!["itemId"]!).ToList();
        var start = DateTimeOffset.UtcNow.AddMinutes(-seen.Count);
        var posted = await api.PostAsJsonAsync(
            "/events",
            seen.Select((item, at) => new { eventId = $"feedback-{at}", userId = user, itemId = item, type = "view", value = 4, timestamp = start.AddMinutes(at) }),
            Cancellation);
        Assert.Equal(HttpStatusCode.Accepted, posted.StatusCode);

        var exitCode = await system.RunAgainAsync("training", Cancellation);

        Assert.True(exitCode == 0, $"training ended with {exitCode}: {await Verdict(mlflow)}");
        var after = await TrainedOn(mlflow);
        Assert.NotEqual(before.Version, after.Version);
        Assert.Equal((before.Users + 1, before.Interactions + seen.Count), (after.Users, after.Interactions));
        await Eventually.True(
            async () =>
            {
                var answer = await Get(api, $"/recommendations/{user}?k=10");
                Assert.Null(answer["fallback"]);
                Assert.Empty(answer["items"]!.AsArray().Select(item => (string)item!["itemId"]!).Intersect(seen));
                return (string?)answer["models"]!["ranking"]!["version"] == after.Version;
            },
            TimeSpan.FromSeconds(30),
            $"{Ranker} version {after.Version} is served");
    }

    /// <summary>What the gates said of the newest version.</summary>
    private static async Task<string> Verdict(HttpClient mlflow)
    {
        var versions = await Get(mlflow, $"/api/2.0/mlflow/model-versions/search?filter={Uri.EscapeDataString($"name = '{Ranker}'")}");
        var newest = versions["model_versions"]!.AsArray().MaxBy(version => int.Parse((string)version!["version"]!, System.Globalization.CultureInfo.InvariantCulture));
        return newest!["tags"]?.ToJsonString() ?? "";
    }

    /// <summary>The champion's version, and how many users and interactions its run was trained on.</summary>
    private static async Task<(string Version, int Users, int Interactions)> TrainedOn(HttpClient mlflow)
    {
        var champion = (await Get(mlflow, $"/api/2.0/mlflow/registered-models/alias?name={Ranker}&alias=champion"))["model_version"]!;
        var run = await Get(mlflow, $"/api/2.0/mlflow/runs/get?run_id={(string)champion["run_id"]!}");
        var data = run["run"]!["data"]!["params"]!.AsArray().ToDictionary(param => (string)param!["key"]!, param => (string)param!["value"]!);
        int Number(string name) => int.Parse(data[name], System.Globalization.CultureInfo.InvariantCulture);
        return ((string)champion["version"]!, Number("data.users"), Number("data.interactions"));
    }

    /// <summary>After traffic each service serves metrics, and what a cluster would ask for is among them.</summary>
    private static async Task AssertPublishedSeriesAreServed(ReferenceSystem system)
    {
        var served = new HashSet<string>(StringComparer.Ordinal);
        foreach (var service in (string[])["mlflow", "redis", "feast", "scorer", "recommendations"])
        {
            using var client = system.Client(service);
            // As Prometheus asks: without the header the feature server answers as Feast does.
            client.DefaultRequestHeaders.Add("Accept", "text/plain;version=0.0.4");
            var series = PublishedSeries.Served(await client.GetStringAsync("/metrics", Cancellation)).ToList();
            Assert.NotEmpty(series);
            served.UnionWith(series);
        }

        var asked = PublishedSeries.OfServices();
        Assert.Contains("http_server_request_duration_seconds_bucket", asked);
        Assert.Contains("feast_feature_freshness_seconds", asked);
        Assert.Empty(asked.Except(served));
    }

    /// <summary>Registers the champion's files once more, as the next version.</summary>
    private static async Task<string> RegisterNextVersion(HttpClient mlflow)
    {
        var champion = await Get(mlflow, $"/api/2.0/mlflow/registered-models/alias?name={Ranker}&alias=champion");
        var current = champion["model_version"]!;
        var created = await mlflow.PostAsJsonAsync(
            "/api/2.0/mlflow/model-versions/create",
            new
            {
                name = Ranker,
                source = (string)current["source"]!,
                run_id = (string?)current["run_id"],
                model_id = LoggedModelOf((string)current["source"]!),
            },
            Cancellation);
        return (string)(await Body(created))["model_version"]!["version"]!;
    }

    /// <summary>The logged model that a source of the form <c>models:/m-ID</c> names; the registry asks for it.</summary>
    private static string? LoggedModelOf(string source) =>
        source.StartsWith("models:/m-", StringComparison.Ordinal) ? source["models:/".Length..] : null;

    private static async Task SetChampion(HttpClient mlflow, string version)
    {
        var response = await mlflow.PostAsJsonAsync(
            "/api/2.0/mlflow/registered-models/alias", new { name = Ranker, alias = "champion", version }, Cancellation);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private static async Task<JsonNode> Get(HttpClient client, string path) =>
        await Body(await client.GetAsync(path, Cancellation));

    private static async Task<JsonNode> Body(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync(Cancellation);
        Assert.True(response.IsSuccessStatusCode, $"{(int)response.StatusCode}: {text}");
        return JsonNode.Parse(text)!;
    }
}
