using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CsCheck;
using MlKit.Mlflow;

namespace MlKit.Tests;

/// <summary>GraphQL beyond what was recorded: answers follow the selection, and nothing ends in a 500.</summary>
public sealed class GraphQlTests(TrackingServerFixture server) : IClassFixture<TrackingServerFixture>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Only_what_is_selected_is_answered_under_its_alias()
    {
        var run = await LoggedRunAsync();
        var answer = await AskAsync(
            "query Q($r: MlflowGetRunInput!) { one: mlflowGetRun(input: $r) { run { info { id: runUuid status } data { metrics { key step value } } } } }",
            new JsonObject { ["r"] = new JsonObject { ["runId"] = run.Info.RunId } });
        Assert.Equal(
            """{"data":{"one":{"run":{"info":{"id":"RUN","status":"RUNNING"},"data":{"metrics":[{"key":"bad","step":"1","value":null},{"key":"loss","step":"7","value":0.5}]}}}},"errors":null}"""
                .Replace("RUN\"", run.Info.RunId + "\"", StringComparison.Ordinal),
            answer.ToJsonString());
    }

    [Fact]
    public async Task Arguments_fragments_and_repeated_fields_are_understood()
    {
        var answer = await AskAsync(
            "{ mlflowGetExperiment(input: {experimentId: \"0\"}) { ...A experiment { tags { key } } __typename } } "
            + "fragment A on MlflowGetExperimentResponse { apiError { code } experiment { name ... on MlflowExperiment { experimentId } } }",
            null);
        Assert.Equal(
            """{"data":{"mlflowGetExperiment":{"apiError":null,"experiment":{"name":"Default","experimentId":"0","tags":[]},"__typename":"MlflowGetExperimentResponse"}},"errors":null}""",
            answer.ToJsonString());
    }

    [Theory]
    [InlineData("{ mlflowGetRun(input: {runId: \"x\"}) { run { nothing } } }", "Cannot query field 'nothing' on type 'MlflowRunExtension'.")]
    [InlineData("{ mlflowGetRun(input: {runId: \"x\"}) { run } }", "Field 'run' of type 'MlflowRunExtension' must have a selection of subfields.")]
    [InlineData("{ other { a } }", "Cannot query field 'other' on type 'Query'.")]
    [InlineData("mutation { mlflowGetRun { apiError { code } } }", "mutation")]
    [InlineData("query A { __typename } query B { __typename }", "operation name")]
    [InlineData("{ ...Missing }", "Unknown fragment 'Missing'.")]
    [InlineData("{ ...A } fragment A on Query { ...A }", "")]
    [InlineData("{ mlflowGetRun(", "")]
    public async Task What_the_schema_does_not_know_is_said_in_errors_with_status_200(string query, string expected)
    {
        var answer = await AskAsync(query, null);
        if (expected.Length > 0)
        {
            Assert.Null(answer["data"]);
            Assert.Contains(expected, answer["errors"]![0]!.GetValue<string>(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Fragments_that_multiply_each_other_are_refused_at_once()
    {
        var fragments = Enumerable.Range(0, 14).Select(i => $"fragment F{i} on Query {{ {string.Concat(Enumerable.Repeat($"...F{i + 1} ", 50))}}}");
        var answer = await AskAsync($"{{ ...F0 }} {string.Join(' ', fragments)} fragment F14 on Query {{ __typename }}", null);

        Assert.Null(answer["data"]);
        Assert.Contains("more than 5000 fields", Assert.Single(answer["errors"]!.AsArray())!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_methods_types_and_huge_queries_are_refused()
    {
        using var http = new HttpClient { BaseAddress = server.Address };
        using var get = await http.GetAsync("graphql?query={__typename}", Stop);
        Assert.True(get.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed, $"{get.StatusCode}");
        using var form = await http.PostAsync("graphql", new StringContent("query=x"), Stop);
        Assert.Equal(HttpStatusCode.BadRequest, form.StatusCode);
        using var huge = await http.PostAsJsonAsync("graphql", new { query = new string(' ', 30_000) + "{__typename}" }, Stop);
        Assert.Equal(HttpStatusCode.BadRequest, huge.StatusCode);
    }

    [Fact]
    public async Task No_query_ends_in_a_server_error()
    {
        string[] tokens =
        [
            "{", "}", "(", ")", "mlflowGetRun", "mlflowGetExperiment", "run", "info", "experiment", "tags", "key", "input:", "$x", "...",
            "on", "fragment", "query", "@skip(if: true)", "\"a\"", "1", "[", "]", ":", "__typename", "é", "\\", "\"\"\"",
        ];
        var queries = Gen.Int[0, tokens.Length - 1].Array[1, 24].Select(parts => string.Join(' ', parts.Select(part => tokens[part])));
        using var http = new HttpClient { BaseAddress = server.Address };
        await queries.SampleAsync(
            async query =>
            {
                using var answer = await http.PostAsJsonAsync("graphql", new { query, variables = new { x = new { runId = "a" } } }, Stop);
                Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.BadRequest, $"{answer.StatusCode} for {query}");
            },
            iter: 2000, seed: "0000000000001");
    }

    private async Task<Run> LoggedRunAsync()
    {
        var run = await server.Client.CreateRunAsync("0", "asked", cancellationToken: Stop);
        await server.Client.LogBatchAsync(
            run.Info.RunId, [new Metric("loss", 0.5, 1000, 7), new Metric("bad", double.NaN, 1000, 1)], cancellationToken: Stop);
        return run;
    }

    private async Task<JsonNode> AskAsync(string query, JsonObject? variables)
    {
        using var http = new HttpClient { BaseAddress = server.Address };
        var body = new JsonObject { ["query"] = query, ["variables"] = variables };
        using var answer = await http.PostAsync("graphql", new StringContent(body.ToJsonString(), System.Text.Encoding.UTF8, "application/json"), Stop);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync(Stop))!;
    }
}
