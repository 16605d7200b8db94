using System.Net;
using System.Text.Json.Nodes;

namespace MlKit.Tests.Traces;

/// <summary>Traces as MLflow's clients log, read, tag, search and delete them, on each database.</summary>
public abstract class TraceTests(TrackingFixture fixture)
{
    private Wire V2 => fixture.Api;

    [Fact]
    public async Task A_trace_is_answered_as_it_was_started_with_the_place_of_its_artifacts()
    {
        using var api = V3();
        var experiment = await NewExperimentAsync();
        var id = NewId();
        var started = await StartAsync(api, experiment, id, """
            "request_time":"2026-01-01T00:00:00.123456789Z","execution_duration":"1.5s","state":"OK","client_request_id":"c",
            "request_preview":"asked","response_preview":"said","trace_metadata":{"a":"b"},"tags":{"mlflow.traceName":"f"}
            """);
        var read = (await api.ReadAsync($"traces/{id}"))["trace"]!["trace_info"]!;
        Assert.True(JsonNode.DeepEquals(started, read));
        var expected = JsonNode.Parse($$$"""
            {"trace_id":"{{{id}}}","client_request_id":"c","trace_location":{"type":"MLFLOW_EXPERIMENT","mlflow_experiment":{"experiment_id":"{{{experiment}}}"}},
             "request_preview":"asked","response_preview":"said","request_time":"2026-01-01T00:00:00.123Z","execution_duration":"1.500s","state":"OK",
             "trace_metadata":{"a":"b","mlflow.trace.infoFinalized":"true"},
             "tags":{"mlflow.artifactLocation":"mlflow-artifacts:/{{{experiment}}}/traces/{{{id}}}/artifacts","mlflow.traceName":"f"}}
            """);
        Assert.True(JsonNode.DeepEquals(expected, read), read.ToJsonString());
    }

    [Fact]
    public async Task A_trace_that_is_started_again_keeps_the_tags_that_are_not_named_again()
    {
        using var api = V3();
        var (experiment, id) = (await NewExperimentAsync(), NewId());
        await StartAsync(api, experiment, id, """ "state":"IN_PROGRESS","request_preview":"asked","tags":{"a":"1","b":"2"} """);
        var again = await StartAsync(api, experiment, id, """ "state":2,"tags":{"b":"3"} """);
        Assert.Equal("ERROR", again["state"]!.GetValue<string>());
        Assert.Equal("asked", again["request_preview"]!.GetValue<string>());
        Assert.Equal(("1", "3"), (again["tags"]!["a"]!.GetValue<string>(), again["tags"]!["b"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"trace":{}}""")]
    [InlineData("""{"trace":{"trace_info":{"trace_id":"tr-1"}}}""")]
    [InlineData("""{"trace":{"trace_info":{"trace_id":"../x","trace_location":{"mlflow_experiment":{"experiment_id":"0"}}}}}""")]
    [InlineData("""{"trace":{"trace_info":{"trace_id":"tr-1","trace_location":{"mlflow_experiment":{"experiment_id":"0"}},"request_time":"soon"}}}""")]
    [InlineData("""{"trace":{"trace_info":{"trace_id":"tr-1","trace_location":{"mlflow_experiment":{"experiment_id":"0"}},"execution_duration":"long"}}}""")]
    [InlineData("""{"trace":{"trace_info":{"trace_id":"tr-1","trace_location":{"mlflow_experiment":{"experiment_id":"0"}},"tags":{"a":[]}}}}""")]
    public async Task A_start_that_says_too_little_or_nonsense_is_refused(string body)
    {
        using var api = V3();
        var answer = await api.PostAsync("traces", body);
        Assert.Equal((HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE"), (answer.Status, answer.ErrorCode));
    }

    [Fact]
    public async Task What_is_not_there_is_a_404()
    {
        using var api = V3();
        var start = """{"trace":{"trace_info":{"trace_id":"tr-1","trace_location":{"mlflow_experiment":{"experiment_id":"987654"}}}}}""";
        foreach (var answer in (List<WireAnswer>)
        [
            await api.GetAsync("traces/tr-none"), await api.GetAsync("traces/get?trace_id=tr-none"), await api.PostAsync("traces", start),
            await V2.SendAsync(HttpMethod.Patch, "traces/tr-none/tags", """{"key":"k","value":"v"}"""),
            await V2.SendAsync(HttpMethod.Delete, "traces/tr-none/tags", """{"key":"k"}"""),
        ])
        {
            Assert.Equal((HttpStatusCode.NotFound, "RESOURCE_DOES_NOT_EXIST"), (answer.Status, answer.ErrorCode));
        }
    }

    [Fact]
    public async Task Tags_are_set_cut_to_their_limit_and_deleted_by_both_versions()
    {
        using var api = V3();
        var (experiment, id) = (await NewExperimentAsync(), NewId());
        await StartAsync(api, experiment, id, """ "state":"OK" """);
        foreach (var (wire, key) in (List<(Wire, string)>)[(V2, "two"), (api, "three")])
        {
            var set = await wire.SendAsync(HttpMethod.Patch, $"traces/{id}/tags", $$"""{"key":"{{key}}","value":"{{new string('v', 9000)}}"}""");
            Assert.Equal(HttpStatusCode.OK, set.Status);
            Assert.Equal(8000, (await TagsAsync(api, id))[key]!.GetValue<string>().Length);
            var bad = await wire.SendAsync(HttpMethod.Patch, $"traces/{id}/tags", """{"key":"a/../b","value":"v"}""");
            Assert.Equal(HttpStatusCode.BadRequest, bad.Status);
            Assert.Equal(HttpStatusCode.OK, (await wire.SendAsync(HttpMethod.Delete, $"traces/{id}/tags", $$"""{"key":"{{key}}"}""")).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await wire.SendAsync(HttpMethod.Delete, $"traces/{id}/tags", $$"""{"key":"{{key}}"}""")).Status);
        }
    }

    [Fact]
    public async Task A_search_pages_through_the_traces_of_its_experiments_newest_first()
    {
        using var api = V3();
        var (experiment, other) = (await NewExperimentAsync(), await NewExperimentAsync());
        var ids = Enumerable.Range(0, 5).Select(_ => NewId()).ToList();
        foreach (var (i, id) in ids.Index())
        {
            await StartAsync(api, i == 4 ? other : experiment, id, $$""" "request_time":"2026-01-01T00:00:0{{i}}Z","state":"OK" """);
        }

        var first = await SearchAsync(api, experiment, """ "max_results":3 """);
        var second = await SearchAsync(api, experiment, $$""" "max_results":3,"page_token":"{{first["next_page_token"]}}" """);
        Assert.Equal([ids[3], ids[2], ids[1]], Found(first));
        Assert.Equal([ids[0]], Found(second));
        Assert.Null(second["next_page_token"]);
        Assert.Empty(await SearchAsync(api, "987654", ""));
        foreach (var bad in (string[])[""" "max_results":501 """, """ "max_results":0 """, """ "filter":"nonsense = 'x'" """, """ "filter":"status > 'OK'" """, """ "order_by":["span.name"] """])
        {
            Assert.Equal(HttpStatusCode.BadRequest, (await api.PostAsync("traces/search", SearchBody(experiment, bad))).Status);
        }

        Assert.Equal(HttpStatusCode.BadRequest, (await api.PostAsync("traces/search", "{}")).Status);
    }

    [Fact]
    public async Task Traces_are_deleted_by_id_or_up_to_a_time_the_oldest_first()
    {
        using var api = V3();
        var experiment = await NewExperimentAsync();
        var ids = Enumerable.Range(0, 5).Select(_ => NewId()).ToList();
        foreach (var (i, id) in ids.Index())
        {
            await StartAsync(api, experiment, id, $$""" "request_time":"2026-01-01T00:00:0{{i}}Z","state":"OK" """);
        }

        var start = DateTimeOffset.Parse("2026-01-01T00:00:00Z", System.Globalization.CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();
        Assert.Equal(1, await DeleteAsync(api, $$""" "experiment_id":"{{experiment}}","request_ids":["{{ids[2]}}","tr-none"] """));
        Assert.Equal(0, await DeleteAsync(V2, $$""" "experiment_id":"0","request_ids":["{{ids[1]}}"] """));
        Assert.Equal(1, await DeleteAsync(V2, $$""" "experiment_id":"{{experiment}}","max_timestamp_millis":"{{start + 3000}}","max_traces":1 """));
        Assert.Equal([ids[4], ids[3], ids[1]], Found(await SearchAsync(api, experiment, "")));
        Assert.Equal(2, await DeleteAsync(api, $$""" "experiment_id":"{{experiment}}","max_timestamp_millis":{{start + 3000}} """));
        foreach (var bad in (string[])["", ",\"max_timestamp_millis\":1,\"request_ids\":[\"a\"]", ",\"max_traces\":1,\"request_ids\":[\"a\"]", ",\"max_timestamp_millis\":1,\"max_traces\":0"])
        {
            Assert.Equal(HttpStatusCode.BadRequest, (await api.PostAsync("traces/delete-traces", $$"""{"experiment_id":"{{experiment}}"{{bad}}}""")).Status);
        }
    }

    [Fact]
    public async Task Infos_come_in_the_order_that_was_asked_for_and_may_be_kept_to_experiments()
    {
        using var api = V3();
        var (experiment, a, b) = (await NewExperimentAsync(), NewId(), NewId());
        await StartAsync(api, experiment, a, """ "state":"OK" """);
        await StartAsync(api, experiment, b, """ "state":"OK" """);
        var both = await api.DoAsync("traces/batchGetInfos", $$"""{"trace_ids":["{{b}}","tr-none","{{a}}"]}""");
        Assert.Equal([b, a], both["trace_infos"]!.AsArray().Select(info => info!["trace_id"]!.GetValue<string>()));
        Assert.Empty(await api.DoAsync("traces/batchGetInfos", $$"""{"trace_ids":["{{a}}"],"experiment_ids":["0"]}"""));
    }

    internal static string SearchBody(string experiment, string more) =>
        $$$"""{"locations":[{"type":"MLFLOW_EXPERIMENT","mlflow_experiment":{"experiment_id":"{{{experiment}}}"}}]{{{(more.Length > 0 ? "," : "")}}}{{{more}}}}""";

    private static Task<JsonObject> SearchAsync(Wire api, string experiment, string more) => api.DoAsync("traces/search", SearchBody(experiment, more));

    private static IEnumerable<string> Found(JsonObject answer) =>
        answer["traces"]!.AsArray().Select(trace => trace!["trace_id"]!.GetValue<string>());

    private static async Task<JsonNode> TagsAsync(Wire api, string id) => (await api.ReadAsync($"traces/{id}"))["trace"]!["trace_info"]!["tags"]!;

    private static async Task<int> DeleteAsync(Wire api, string members) =>
        (await api.DoAsync("traces/delete-traces", $"{{{members}}}"))["traces_deleted"]!.GetValue<int>();

    private static async Task<JsonNode> StartAsync(Wire api, string experiment, string id, string members) => (await api.DoAsync("traces", $$$$$$$"""
        {"trace":{"trace_info":{"trace_id":"{{{{{{{id}}}}}}}","trace_location":{"type":"MLFLOW_EXPERIMENT","mlflow_experiment":{"experiment_id":"{{{{{{{experiment}}}}}}}"}},{{{{{{{members}}}}}}}}}}
        """))["trace"]!["trace_info"]!;

    private static string NewId() => $"tr-{Guid.NewGuid():n}";

    private Task<string> NewExperimentAsync() => V2.CreateExperimentAsync(Guid.NewGuid().ToString());

    private Wire V3() => new(fixture.Server.Address, "api/3.0/mlflow/");
}

public sealed class TraceTestsOnSqlite(SqliteFixture fixture) : TraceTests(fixture), IClassFixture<SqliteFixture>;

public sealed class TraceTestsOnPostgres(PostgresFixture fixture) : TraceTests(fixture), IClassFixture<PostgresFixture>;
