using System.Net;
using System.Text.Json.Nodes;

namespace MlKit.Tests.Conformance;

/// <summary>
/// The shortest list of what real clients need, one test per item, on each database. The wire is spoken directly, so
/// that no client's tolerance hides a difference.
/// </summary>
public abstract class ConformanceChecklist(TrackingFixture fixture)
{
    internal Wire Api => fixture.Api;

    internal TrackingProcess Server => fixture.Server;

    [Fact]
    public async Task Row_01_a_missing_experiment_is_a_404_in_JSON_and_a_duplicate_name_is_RESOURCE_ALREADY_EXISTS()
    {
        var missing = await Api.GetAsync("experiments/get-by-name?experiment_name=nobody");
        Assert.Equal((HttpStatusCode.NotFound, "RESOURCE_DOES_NOT_EXIST"), (missing.Status, missing.ErrorCode));

        await Api.CreateExperimentAsync("twice");
        var twice = await Api.PostAsync("experiments/create", """{"name":"twice"}""");
        Assert.Equal((HttpStatusCode.BadRequest, "RESOURCE_ALREADY_EXISTS"), (twice.Status, twice.ErrorCode));

        await Api.DoAsync("registered-models/create", """{"name":"model"}""");
        var model = await Api.PostAsync("registered-models/create", """{"name":"model"}""");
        Assert.Equal((HttpStatusCode.BadRequest, "RESOURCE_ALREADY_EXISTS"), (model.Status, model.ErrorCode));
    }

    [Fact]
    public async Task Row_02_whole_numbers_come_as_text_or_number_NaN_as_text_and_a_null_metric_is_refused()
    {
        var run = await Api.CreateRunIdAsync();
        await Api.DoAsync("runs/log-metric", $$"""{"run_id":"{{run}}","key":"m","value":"NaN","timestamp":"1700000000000","step":"7"}""");
        await Api.DoAsync("runs/log-metric", $$"""{"run_id":"{{run}}","key":"n","value":"1.5","timestamp":1700000000000,"step":7.0}""");
        var points = await Api.ReadAsync($"metrics/get-history?run_id={run}&metric_key=m");
        var point = points["metrics"]![0]!;
        Assert.Equal("NaN", point["value"]!.GetValue<string>());
        Assert.Equal(1_700_000_000_000, point["timestamp"]!.GetValue<long>());
        Assert.Equal(7, point["step"]!.GetValue<long>());

        var refused = await Api.PostAsync("runs/log-metric", $$"""{"run_id":"{{run}}","key":"m","value":null,"timestamp":1}""");
        Assert.Equal((HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE"), (refused.Status, refused.ErrorCode));
    }

    [Fact]
    public async Task Row_03_DELETE_carries_its_fields_in_the_body()
    {
        await Api.DoAsync("registered-models/create", """{"name":"deleted","tags":[{"key":"k","value":"v"}]}""");
        await Api.DoAsync("model-versions/create", """{"name":"deleted","source":"s3://bucket/model","tags":[{"key":"k","value":"v"}]}""");
        await Api.DoAsync("registered-models/alias", """{"name":"deleted","alias":"best","version":"1"}""");
        foreach (var (path, body) in (List<(string, string)>)
        [
            ("registered-models/delete-tag", """{"name":"deleted","key":"k"}"""),
            ("model-versions/delete-tag", """{"name":"deleted","version":"1","key":"k"}"""),
            ("registered-models/alias", """{"name":"deleted","alias":"best"}"""),
            ("model-versions/delete", """{"name":"deleted","version":"1"}"""),
            ("registered-models/delete", """{"name":"deleted"}"""),
        ])
        {
            var answer = await Api.SendAsync(HttpMethod.Delete, path, body);
            Assert.True(answer.Status == HttpStatusCode.OK, $"{path}: {answer.Text}");
        }

        Assert.Equal(HttpStatusCode.NotFound, (await Api.GetAsync("registered-models/get?name=deleted")).Status);
        var model = await CreateLoggedModelAsync("gone");
        var deleted = await Api.SendAsync(HttpMethod.Delete, $"logged-models/{model}", $$"""{"model_id":"{{model}}"}""");
        Assert.Equal(HttpStatusCode.OK, deleted.Status);
        Assert.Equal(HttpStatusCode.NotFound, (await Api.GetAsync($"logged-models/{model}")).Status);
    }

    [Fact]
    public async Task Row_04_artifacts_are_listed_by_base_name_sent_as_attachment_and_may_be_empty_or_large()
    {
        var large = new byte[48 * 1024 * 1024];
        Random.Shared.NextBytes(large);
        Assert.Equal(HttpStatusCode.OK, await Api.PutArtifactAsync("0/r/artifacts/d/large.bin", large));
        Assert.Equal(HttpStatusCode.OK, await Api.PutArtifactAsync("0/r/artifacts/d/empty.txt", []));

        using var artifacts = new Wire(Server.Address, "api/2.0/mlflow-artifacts/");
        var files = (await artifacts.ReadAsync("artifacts?path=0/r/artifacts/d"))["files"]!.AsArray();
        Assert.Equal(["empty.txt", "large.bin"], files.Select(file => file!["path"]!.GetValue<string>()));
        Assert.Null(files[0]!["file_size"]);
        Assert.Equal(large.Length, files[1]!["file_size"]!.GetValue<long>());
        Assert.Empty(await artifacts.ReadAsync("artifacts?path=0/r/artifacts/d/large.bin"));
        Assert.Empty(await artifacts.ReadAsync("artifacts?path=0/r/nothing"));

        using var answer = await Api.Http.GetAsync(
            "api/2.0/mlflow-artifacts/artifacts/0/r/artifacts/d/large.bin", TestContext.Current.CancellationToken);
        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition?.DispositionType);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal(large, await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Row_05_artifact_URIs_are_of_the_proxy_and_lead_to_the_files()
    {
        var experiment = await Api.CreateExperimentAsync("uris");
        var info = await Api.CreateRunAsync(experiment);
        var uri = info["artifact_uri"]!.GetValue<string>();
        Assert.Equal($"mlflow-artifacts:/{experiment}/{info["run_id"]}/artifacts", uri);

        var path = uri["mlflow-artifacts:/".Length..];
        Assert.Equal(HttpStatusCode.OK, await Api.PutArtifactAsync($"{path}/model/MLmodel", "x"u8.ToArray()));
        var listed = await Api.ReadAsync($"artifacts/list?run_id={info["run_id"]}&path=model");
        Assert.Equal(uri, listed["root_uri"]!.GetValue<string>());
        Assert.Equal("model/MLmodel", Assert.Single(listed["files"]!.AsArray())!["path"]!.GetValue<string>());
        using var file = await Api.Http.GetAsync(
            $"get-artifact?run_id={info["run_id"]}&path=model/MLmodel", TestContext.Current.CancellationToken);
        Assert.Equal("x", await file.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Row_06_a_logged_model_is_created_finished_found_by_name_and_gets_the_metrics_that_name_it()
    {
        var run = await Api.CreateRunIdAsync();
        var model = await CreateLoggedModelAsync("found", run);
        Assert.Matches("^m-[0-9a-f]{32}$", model);
        await Api.DoAsync("runs/outputs", $$"""{"run_id":"{{run}}","models":[{"model_id":"{{model}}","step":3}]}""");
        await Api.DoAsync("runs/log-batch", $$"""{"run_id":"{{run}}","metrics":[{"key":"auc","value":0.9,"timestamp":1,"step":3,"model_id":"{{model}}"}]}""");
        await Api.SendAsync(HttpMethod.Patch, $"logged-models/{model}", $$"""{"model_id":"{{model}}","status":"LOGGED_MODEL_READY"}""");

        var found = await Api.DoAsync("logged-models/search", """{"experiment_ids":["0"],"filter":"name = 'found'"}""");
        var only = Assert.Single(found["models"]!.AsArray())!;
        Assert.Equal("LOGGED_MODEL_READY", only["info"]!["status"]!.GetValue<string>());
        Assert.Equal(run, only["info"]!["source_run_id"]!.GetValue<string>());
        var metric = Assert.Single(only["data"]!["metrics"]!.AsArray())!;
        Assert.Equal((0.9, run), (metric["value"]!.GetValue<double>(), metric["run_id"]!.GetValue<string>()));
        var output = (await Api.ReadAsync($"runs/get?run_id={run}"))["run"]!["outputs"]!["model_outputs"]![0]!;
        Assert.Equal((model, 3), (output["model_id"]!.GetValue<string>(), output["step"]!.GetValue<int>()));
    }

    [Fact]
    public async Task Row_07_a_version_of_a_logged_model_is_ready_at_once_resolved_reached_by_alias_and_its_number_never_reused()
    {
        await Api.DoAsync("registered-models/create", """{"name":"versions"}""");
        var model = await CreateLoggedModelAsync("net");
        var body = $$"""{"name":"versions","source":"models:/{{model}}","model_id":"{{model}}"}""";
        var version = (await Api.DoAsync("model-versions/create", body))["model_version"]!;
        Assert.Equal(("1", "READY"), (version["version"]!.GetValue<string>(), version["status"]!.GetValue<string>()));
        var location = await Api.ReadAsync("model-versions/get-download-uri?name=versions&version=1");
        Assert.Equal($"mlflow-artifacts:/0/models/{model}/artifacts", location["artifact_uri"]!.GetValue<string>());

        await Api.DoAsync("registered-models/alias", """{"name":"versions","alias":"champion","version":"1"}""");
        var champion = await Api.ReadAsync("registered-models/alias?name=versions&alias=champion");
        Assert.Equal("1", champion["model_version"]!["version"]!.GetValue<string>());

        await Api.SendAsync(HttpMethod.Delete, "model-versions/delete", """{"name":"versions","version":"1"}""");
        Assert.Equal("2", (await Api.DoAsync("model-versions/create", body))["model_version"]!["version"]!.GetValue<string>());
        Assert.Equal(HttpStatusCode.BadRequest, (await Api.GetAsync("registered-models/alias?name=versions&alias=champion")).Status);
    }

    [Fact]
    public async Task Row_08_params_are_written_once_points_once_and_the_latest_metric_is_the_greatest_of_step_time_value()
    {
        var run = await Api.CreateRunIdAsync();
        await Api.DoAsync("runs/log-parameter", $$"""{"run_id":"{{run}}","key":"p","value":"1"}""");
        await Api.DoAsync("runs/log-parameter", $$"""{"run_id":"{{run}}","key":"p","value":"1"}""");
        var other = await Api.PostAsync("runs/log-parameter", $$"""{"run_id":"{{run}}","key":"p","value":"2"}""");
        Assert.Equal((HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE"), (other.Status, other.ErrorCode));

        const string points = """
            {"key":"m","value":5,"timestamp":9,"step":1},{"key":"m","value":1,"timestamp":3,"step":2},
            {"key":"m","value":2,"timestamp":3,"step":2},{"key":"m","value":2,"timestamp":3,"step":2},{"key":"m","value":9,"timestamp":2,"step":2}
            """;
        for (var repeat = 0; repeat < 2; repeat++)
        {
            await Api.DoAsync("runs/log-batch", $$"""{"run_id":"{{run}}","metrics":[{{points}}]}""");
        }

        var history = await Api.ReadAsync($"metrics/get-history?run_id={run}&metric_key=m");
        Assert.Equal([9.0, 1.0, 2.0, 5.0], history["metrics"]!.AsArray().Select(point => point!["value"]!.GetValue<double>()));
        var latest = (await Api.ReadAsync($"runs/get?run_id={run}"))["run"]!["data"]!["metrics"]![0]!;
        Assert.Equal((2.0, 3, 2), (latest["value"]!.GetValue<double>(), latest["timestamp"]!.GetValue<long>(), latest["step"]!.GetValue<long>()));
    }

    [Fact]
    public async Task Row_08_holds_for_long_histories_that_are_logged_twice_and_read_in_pages()
    {
        var run = await Api.CreateRunIdAsync();
        for (var batch = 0; batch < 60; batch++)
        {
            // Every third batch comes again later, as a client's repetition does.
            foreach (var number in batch % 3 == 0 && batch > 0 ? (int[])[batch, batch - 3] : [batch])
            {
                var points = string.Join(",", Enumerable.Range(number * 50, 50).SelectMany(step => (string[])
                [
                    $$"""{"key":"é/a","value":{{step % 7}},"timestamp":{{step}},"step":{{step}}}""",
                    $$"""{"key":"b","value":-0.5,"timestamp":{{step}},"step":{{step}}}""",
                ]));
                await Api.DoAsync("runs/log-batch", $$"""{"run_id":"{{run}}","metrics":[{{points}}]}""");
            }
        }

        var read = new List<long>();
        var token = "";
        do
        {
            var page = await Api.ReadAsync($"metrics/get-history?run_id={run}&metric_key=%C3%A9%2Fa&max_results=700&page_token={Uri.EscapeDataString(token)}");
            read.AddRange(page["metrics"]!.AsArray().Select(point => point!["step"]!.GetValue<long>()));
            Assert.All(page["metrics"]!.AsArray(), point => Assert.Equal("é/a", point!["key"]!.GetValue<string>()));
            token = page["next_page_token"]?.GetValue<string>() ?? "";
        }
        while (token.Length > 0);

        Assert.Equal(Enumerable.Range(0, 3000).Select(step => (long)step), read);
        var all = await Api.ReadAsync($"metrics/get-history?run_id={run}&metric_key=b");
        Assert.Equal(3000, all["metrics"]!.AsArray().Count);
        var sampled = await Api.ReadAsync($"metrics/get-history-bulk-interval?run_ids={run}&metric_key=b&max_results=10");
        Assert.InRange(sampled["metrics"]!.AsArray().Count, 10, 12);
    }

    [Fact]
    public async Task Row_09_run_search_never_matches_what_is_missing_orders_with_its_ties_and_gives_pages_of_10000()
    {
        var experiment = await Api.CreateExperimentAsync("search");
        var runs = new List<string>();
        for (var i = 0; i < 6; i++)
        {
            runs.Add(await Api.CreateRunIdAsync(experiment, 1000 + (i / 2)));
        }

        await Api.DoAsync("runs/log-batch", $$"""{"run_id":"{{runs[0]}}","metrics":[{"key":"m","value":2,"timestamp":1}],"params":[{"key":"p","value":"x"}]}""");
        await Api.DoAsync("runs/log-batch", $$"""{"run_id":"{{runs[1]}}","metrics":[{"key":"m","value":"NaN","timestamp":1}]}""");
        await Api.DoAsync("runs/log-batch", $$"""{"run_id":"{{runs[2]}}","metrics":[{"key":"m","value":1,"timestamp":1}]}""");

        Assert.Equal([runs[0]], await SearchAsync(experiment, "params.p != 'y'"));
        Assert.Empty(await SearchAsync(experiment, "params.p != 'x'"));
        Assert.Equal(new[] { runs[1], runs[2] }.Order(), (await SearchAsync(experiment, "metrics.m != 2")).Order());
        var missing = runs.Skip(3).Select((run, i) => (run, start: 1000 + ((i + 3) / 2)))
            .OrderByDescending(item => item.start).ThenBy(item => item.run, StringComparer.Ordinal).Select(item => item.run);
        Assert.Equal([runs[2], runs[0], runs[1], .. missing], await SearchAsync(experiment, "", "metrics.m ASC"));
        Assert.Equal([runs[0], runs[2], runs[1], .. missing], await SearchAsync(experiment, "", "metrics.m DESC"));

        var page = await Api.DoAsync("runs/search", $$"""{"experiment_ids":["{{experiment}}"],"max_results":10000}""");
        Assert.Equal(6, page["runs"]!.AsArray().Count);
        Assert.Null(page["next_page_token"]);
        var first = await Api.DoAsync("runs/search", $$"""{"experiment_ids":["{{experiment}}"],"max_results":4}""");
        var second = await Api.DoAsync(
            "runs/search", $$"""{"experiment_ids":["{{experiment}}"],"max_results":4,"page_token":"{{first["next_page_token"]}}"}""");
        Assert.Equal(runs.Order(), Ids(first).Concat(Ids(second)).Order());
    }

    [Fact]
    public async Task Row_10_unknown_paths_are_404_in_JSON_server_info_answers_and_a_version_of_3_4_or_later_comes_with_OTLP()
    {
        foreach (var path in (string[])["api/2.0/mlflow/nothing", "ajax-api/3.0/mlflow/nothing", "api/2.0/mlflow/webhooks"])
        {
            using var unknown = new Wire(Server.Address, "");
            var answer = await unknown.PostAsync(path, "{}");
            Assert.Equal((HttpStatusCode.NotFound, "ENDPOINT_NOT_FOUND"), (answer.Status, answer.ErrorCode));
        }

        using var info = new Wire(Server.Address, "api/3.0/mlflow/");
        Assert.False((await info.ReadAsync("server-info"))["workspaces_enabled"]!.GetValue<bool>());
        Assert.Equal("OK", await Api.Http.GetStringAsync("health", TestContext.Current.CancellationToken));
        var version = Version.Parse(await Api.Http.GetStringAsync("version", TestContext.Current.CancellationToken));
        var export = await info.Http.PostAsync("v1/traces", null, TestContext.Current.CancellationToken);
        Assert.True(
            version < new Version(3, 4) || export.StatusCode == HttpStatusCode.UnprocessableEntity,
            $"{version}: clients send traces to an OTLP endpoint, which answers {export.StatusCode}");
    }

    [Fact]
    public async Task Row_11_the_twins_for_web_pages_answer_as_the_others()
    {
        var run = await Api.CreateRunIdAsync();
        using var ajax = new Wire(Server.Address, "ajax-api/2.0/mlflow/");
        foreach (var path in (string[])
        [
            $"runs/get?run_id={run}", "experiments/get?experiment_id=0", $"artifacts/list?run_id={run}",
            "registered-models/search", "model-versions/search", $"metrics/get-history?run_id={run}&metric_key=m",
            "experiments/get-by-name?experiment_name=nobody",
        ])
        {
            var (api, twin) = (await Api.GetAsync(path), await ajax.GetAsync(path));
            Assert.Equal((api.Status, api.Text), (twin.Status, twin.Text));
        }

        await ajax.DoAsync("runs/set-tag", $$"""{"run_id":"{{run}}","key":"k","value":"v"}""");
        var tags = (await Api.ReadAsync($"runs/get?run_id={run}"))["run"]!["data"]!["tags"]!.AsArray();
        Assert.Contains(tags, tag => tag!["key"]!.GetValue<string>() == "k");
    }

    [Fact]
    public async Task Row_13_the_node_clients_list_of_experiments_and_javas_forms_are_accepted()
    {
        var list = await Api.ReadAsync("experiments/list?view_type=ALL");
        Assert.Contains(list["experiments"]!.AsArray(), item => item!["name"]!.GetValue<string>() == "Default");

        var experiment = await Api.CreateExperimentAsync("java");
        var run = await Api.CreateRunIdAsync(experiment);
        await Api.DoAsync("runs/log-metric", $$"""{"runId":"{{run}}","key":"m","value":1.0,"timestamp":"1700000000000","step":"3"}""");
        await Api.DoAsync("runs/update", $$"""{"runUuid":"{{run}}","status":"FINISHED","endTime":"1700000000001"}""");
        var read = (await Api.ReadAsync($"runs/get?run_uuid={run}"))["run"]!;
        Assert.Equal(1_700_000_000_001, read["info"]!["end_time"]!.GetValue<long>());
        Assert.Equal(3, read["data"]!["metrics"]![0]!["step"]!.GetValue<long>());
        var twin = await Api.DoAsync("runs/search", $$"""{"experimentIds":["{{experiment}}"],"maxResults":"5","runViewType":"ACTIVE_ONLY"}""");
        Assert.Equal([run], Ids(twin));
    }

    private async Task<string> CreateLoggedModelAsync(string name, string? run = null)
    {
        var source = run is null ? "" : $",\"source_run_id\":\"{run}\"";
        var model = await Api.DoAsync("logged-models", $$"""{"experiment_id":"0","name":"{{name}}"{{source}}}""");
        return model["model"]!["info"]!["model_id"]!.GetValue<string>();
    }

    private async Task<List<string>> SearchAsync(string experiment, string filter, params string[] order)
    {
        var items = string.Join(",", order.Select(item => $"\"{item}\""));
        return Ids(await Api.DoAsync(
            "runs/search", $$"""{"experiment_ids":["{{experiment}}"],"filter":"{{filter}}","order_by":[{{items}}]}"""));
    }

    private static List<string> Ids(JsonObject found) =>
        [.. (found["runs"] as JsonArray ?? []).Select(run => run!["info"]!["run_id"]!.GetValue<string>())];
}

public sealed class ConformanceOnSqliteTests(SqliteFixture fixture) : ConformanceChecklist(fixture), IClassFixture<SqliteFixture>;

public sealed class ConformanceOnPostgresTests(PostgresFixture fixture)
    : ConformanceChecklist(fixture), IClassFixture<PostgresFixture>;
