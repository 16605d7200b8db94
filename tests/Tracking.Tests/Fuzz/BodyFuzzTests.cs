using System.Text;
using System.Text.Json.Nodes;

namespace MlKit.Tests.Fuzz;

/// <summary>100,000 bodies, valid ones with something changed: whatever comes, the server answers and goes on.</summary>
public sealed class BodyFuzzTests(SqliteFixture fixture) : IClassFixture<SqliteFixture>
{
    private const int Cases = 100_000;
    private const int Connections = 8;

    /// <summary>Valid calls; RUN and MODEL stand for ids.</summary>
    private static readonly (string Method, string Path, string Body)[] Calls =
    [
        ("POST", "experiments/create", """{"name":"e","artifact_location":"s3://b/x","tags":[{"key":"k","value":"v"}]}"""),
        ("POST", "experiments/search", """{"filter":"name LIKE 'a%'","order_by":["name"],"max_results":10,"view_type":"ALL","page_token":"eyJvZmZzZXQiOiAxfQ=="}"""),
        ("POST", "experiments/update", """{"experiment_id":"0","new_name":"Default"}"""),
        ("POST", "experiments/set-experiment-tag", """{"experiment_id":"0","key":"k","value":"v"}"""),
        ("POST", "runs/create", """{"experiment_id":"0","user_id":"u","run_name":"n","start_time":1,"tags":[{"key":"k","value":"v"}]}"""),
        ("POST", "runs/update", """{"run_id":"RUN","status":"FINISHED","end_time":5,"run_name":"n"}"""),
        ("POST", "runs/log-metric", """{"run_id":"RUN","key":"m","value":1.5,"timestamp":1,"step":0,"model_id":"MODEL","dataset_name":"d"}"""),
        ("POST", "runs/log-batch", """{"run_id":"RUN","metrics":[{"key":"m","value":1,"timestamp":1,"step":2}],"params":[{"key":"p","value":"1"}],"tags":[{"key":"t","value":"x"}]}"""),
        ("POST", "runs/search", """{"experiment_ids":["0"],"filter":"metrics.m > 1 AND tags.`a b` != 'x'","order_by":["metrics.m DESC"],"max_results":5,"run_view_type":"ALL"}"""),
        ("POST", "runs/log-inputs", """{"run_id":"RUN","datasets":[{"dataset":{"name":"n","digest":"d","source_type":"t","source":"s"},"tags":[{"key":"k","value":"v"}]}],"models":[{"model_id":"MODEL"}]}"""),
        ("POST", "runs/outputs", """{"run_id":"RUN","models":[{"model_id":"MODEL","step":1}]}"""),
        ("POST", "runs/log-model", """{"run_id":"RUN","model_json":"{\"artifact_path\":\"m\",\"flavors\":{},\"utc_time_created\":\"x\",\"run_id\":\"RUN\"}"}"""),
        ("POST", "logged-models", """{"experiment_id":"0","name":"n","model_type":"t","source_run_id":"RUN","params":[{"key":"k","value":"v"}],"tags":[{"key":"k","value":"v"}]}"""),
        ("POST", "logged-models/search", """{"experiment_ids":["0"],"filter":"metrics.m > 1","datasets":[{"dataset_name":"d","dataset_digest":"x"}],"order_by":[{"field_name":"metrics.m","ascending":false,"dataset_name":"d"}],"max_results":5}"""),
        ("PATCH", "logged-models/MODEL", """{"model_id":"MODEL","status":"LOGGED_MODEL_READY"}"""),
        ("PATCH", "logged-models/MODEL/tags", """{"tags":[{"key":"k","value":"v"}]}"""),
        ("POST", "registered-models/create", """{"name":"r","tags":[{"key":"k","value":"v"}],"description":"d"}"""),
        ("PATCH", "registered-models/update", """{"name":"r","description":"d"}"""),
        ("POST", "registered-models/alias", """{"name":"r","alias":"champion","version":"1"}"""),
        ("POST", "model-versions/create", """{"name":"r","source":"s3://b/m","run_id":"RUN","tags":[{"key":"k","value":"v"}],"description":"d","model_id":"MODEL"}"""),
        ("POST", "model-versions/transition-stage", """{"name":"r","version":"1","stage":"Staging","archive_existing_versions":true}"""),
        ("DELETE", "model-versions/delete-tag", """{"name":"r","version":"1","key":"k"}"""),
    ];

    [Fact]
    public async Task Any_body_is_answered_without_a_failure_of_the_server()
    {
        var run = await fixture.Api.CreateRunIdAsync();
        var model = (await fixture.Api.DoAsync("logged-models", """{"experiment_id":"0","name":"m"}"""))["model"]!["info"]!["model_id"]!.GetValue<string>();
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(seed => Task.Run(() => SendAsync(new Random(seed), run, model))));
        Assert.Equal("OK", await fixture.Api.Http.GetStringAsync("health", TestContext.Current.CancellationToken));
    }

    private async Task SendAsync(Random random, string run, string model)
    {
        using var http = fixture.Server.CreateClient();
        for (var i = 0; i < Cases / Connections; i++)
        {
            var (method, path, template) = Calls[random.Next(Calls.Length)];
            string Fill(string text) => text.Replace("RUN", run, StringComparison.Ordinal).Replace("MODEL", model, StringComparison.Ordinal);
            var body = JsonMutator.Mutate(Fill(template), random);
            using var request = new HttpRequestMessage(new HttpMethod(method), "api/2.0/mlflow/" + Fill(path))
            {
                Content = new ByteArrayContent(body) { Headers = { { "Content-Type", "application/json" } } },
            };
            using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
            var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.True((int)answer.StatusCode < 500, $"{method} {path} {Encoding.UTF8.GetString(body)}: {text}");
            Assert.True(JsonNode.Parse(text) is JsonObject, $"{method} {path} {Encoding.UTF8.GetString(body)}: {text}");
        }
    }
}
