using System.Text.Json.Nodes;
using Aspire.Hosting;
using MlKit.Tests.Kubernetes;

namespace MlKit.Aspire.Embedded.Tests.Kubernetes;

public sealed class DatabaseChartTests
{
    [Fact]
    public async Task Databases_are_created_by_a_job_and_waited_for_by_those_who_use_them()
    {
        var schemas = new StrictSchemas();
        using var chart = await PublishedChart.CreateAsync(Shop);
        var objects = await Helm.TemplateAsync(chart.Folder);

        var job = Assert.Single(objects, item => (string?)item["kind"] == "Job");
        Assert.Equal(
            ["orders", "", "stock", "CREATE DATABASE stock"],
            job["spec"]!["template"]!["spec"]!["containers"]![0]!["args"]!.AsArray().Select(argument => (string)argument!));
        var wait = Assert.Single(Pod(Find(objects, "Deployment", "web"))["initContainers"]!.AsArray());
        Assert.Equal("wait-for-orders-db", (string?)wait!["name"]);
        Assert.Empty(objects.SelectMany(schemas.Check));
    }

    [Fact]
    public async Task The_jobs_pods_are_not_behind_the_servers_service_but_may_call_it()
    {
        using var chart = await PublishedChart.CreateAsync(Shop);
        var objects = await Helm.TemplateAsync(chart.Folder);
        const string component = "app.kubernetes.io/component";

        var job = Assert.Single(objects, item => (string?)item["kind"] == "Job");
        var label = (string?)job["spec"]!["template"]!["metadata"]!["labels"]![component];
        var callers = Find(objects, "NetworkPolicy", "pg")["spec"]!["ingress"]!.AsArray()
            .Select(rule => (string?)rule!["from"]![0]!["podSelector"]!["matchLabels"]![component]);

        Assert.NotEqual("pg", label);
        Assert.Equal("pg", (string?)Find(objects, "Service", "pg")["spec"]!["selector"]![component]);
        Assert.Equal(["web", label], callers);
    }

    [Fact]
    public async Task An_existing_secret_of_the_server_counts_for_those_who_wait_for_it_as_well()
    {
        using var chart = await PublishedChart.CreateAsync(Shop);
        var objects = await Helm.TemplateAsync(chart.Folder, "--set", "pg.existingSecret=mine");

        var pod = Pod(Find(objects, "Deployment", "web"));
        var mount = Assert.Single(pod["initContainers"]![0]!["volumeMounts"]!.AsArray(), item => (string?)item!["mountPath"] == "/run/secrets/database");
        var volume = Assert.Single(pod["volumes"]!.AsArray(), item => (string?)item!["name"] == (string?)mount!["name"]);

        Assert.Equal("mine", (string?)volume!["secret"]!["secretName"]);
        Assert.DoesNotContain(objects, item => (string?)item["metadata"]!["name"] == "rel-shop-pg-secrets");
    }

    [Fact]
    public async Task The_server_is_ready_when_it_answers_and_keeps_its_data_in_a_claim()
    {
        using var chart = await PublishedChart.CreateAsync(Shop);
        var server = Find(await Helm.TemplateAsync(chart.Folder), "StatefulSet", "pg");

        Assert.Contains("pg_isready", (string)Pod(server)["containers"]![0]!["readinessProbe"]!["exec"]!["command"]![2]!, StringComparison.Ordinal);
        Assert.Equal("pg-data", (string?)server["spec"]!["volumeClaimTemplates"]![0]!["metadata"]!["name"]);
    }

    private static void Shop(IDistributedApplicationBuilder builder)
    {
        var server = builder.AddPostgres("pg").WithDataVolume("pg-data");
        var orders = server.AddDatabase("orders-db", "orders");
        server.AddDatabase("stock-db", "stock").WithCreationScript("CREATE DATABASE stock");
        builder.AddContainer("web", "acme/web", "1.0")
            .WithEnvironment("DATABASE_URL", orders.Resource.UriExpression)
            .WaitFor(orders);
    }

    private static JsonObject Find(IEnumerable<JsonObject> objects, string kind, string name) => Assert.Single(
        objects, item => (string?)item["kind"] == kind && (string?)item["metadata"]!["name"] == $"rel-shop-{name}");

    private static JsonNode Pod(JsonObject workload) => workload["spec"]!["template"]!["spec"]!;
}
