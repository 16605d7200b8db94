using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using MlKit.Dashboard.Resources;
using MlKit.Dashboard.ResourceService;
using MlKit.Dashboard.Tests.Running;

namespace MlKit.Dashboard.Tests.MachineLearning;

public sealed class TrainingRunLinkTests
{
    [Fact]
    public async Task A_model_version_leads_to_the_page_of_the_run_that_made_it()
    {
        await using var tracking = await TrackingAsync();
        await using var host = await FakeHost.StartAsync(ScorerOf(tracking.Urls.First()));
        await using var dashboard = await StartAsync(host);
        var answer = await GetAsync(dashboard, "service=scorer&model=my%20model&version=7");
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal($"{tracking.Urls.First()}/#/experiments/3/runs/abc", answer.Headers.Location!.ToString());
    }

    [Fact]
    public async Task A_run_that_is_not_known_is_an_answer_that_says_so()
    {
        await using var tracking = await TrackingAsync();
        await using var host = await FakeHost.StartAsync(ScorerOf(tracking.Urls.First()));
        await using var dashboard = await StartAsync(host);
        var answer = await GetAsync(dashboard, "service=scorer&model=other&version=1");
        Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
        Assert.Contains("did not say which run trained 'other'", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Only_tracking_servers_that_the_host_named_are_asked()
    {
        await using var dashboard = await DashboardInstance.StartOpenAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(dashboard, "service=http://evil.example&model=m&version=1")).StatusCode);
    }

    private static async Task<DashboardInstance> StartAsync(FakeHost host)
    {
        var dashboard = await DashboardInstance.StartOpenAsync(host.Settings);
        await Eventually.True(() => Task.FromResult(dashboard.Service<ResourceStore>().All.Count > 0), TimeSpan.FromSeconds(10), "resources have come");
        return dashboard;
    }

    private static Task<HttpResponseMessage> GetAsync(DashboardInstance dashboard, string query) =>
        dashboard.Browser.GetAsync(new Uri(dashboard.Pages, $"/api/mlflow/training-run?{query}"), TestContext.Current.CancellationToken);

    private static Resource ScorerOf(string tracking)
    {
        var scorer = Sample.Running("scorer", "Project", "http://localhost:8000");
        scorer.Environment.Add(new EnvironmentVariable { Name = "services__mlflow__http__0", Value = tracking });
        return scorer;
    }

    private static async Task<WebApplication> TrackingAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapGet("/api/2.0/mlflow/model-versions/get", (string name, string version) =>
            name == "my model" && version == "7" ? Results.Text("""{"model_version":{"name":"my model","version":"7","run_id":"abc"}}""", "application/json") : Results.NotFound());
        app.MapGet("/api/2.0/mlflow/runs/get", (string run_id) =>
            run_id == "abc" ? Results.Text("""{"run":{"info":{"run_id":"abc","experiment_id":"3"}}}""", "application/json") : Results.NotFound());
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }
}
