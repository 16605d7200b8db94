using System.Text.Json.Nodes;
using Aspire.Hosting;
using MlKit.Tests.Kubernetes;

namespace MlKit.Hosting.Tests.Kubernetes;

public sealed class MappedChartTests
{
    [Fact]
    public async Task The_chart_of_a_whole_topology_passes_lint_and_strict_schemas()
    {
        var schemas = new StrictSchemas();
        using var chart = await PublishedChart.CreateAsync(Topology);

        await Helm.LintAsync(chart.Folder);
        var objects = await Helm.TemplateAsync(chart.Folder);

        Assert.NotEmpty(objects);
        Assert.Empty(objects.SelectMany(schemas.Check));
    }

    [Fact]
    public async Task A_gpu_is_a_limit_a_toleration_and_shared_memory_in_a_guaranteed_pod()
    {
        using var chart = await PublishedChart.CreateAsync(Topology);
        var pod = Pod(Find(await Helm.TemplateAsync(chart.Folder), "Deployment", "scorer"));
        var resources = pod["containers"]![0]!["resources"]!;

        Assert.Equal("1", (string?)resources["limits"]!["nvidia.com/gpu"]);
        Assert.Equal((string?)resources["requests"]!["cpu"], (string?)resources["limits"]!["cpu"]);
        Assert.Equal((string?)resources["requests"]!["memory"], (string?)resources["limits"]!["memory"]);
        Assert.Equal("nvidia.com/gpu", (string?)pod["tolerations"]![0]!["key"]);
        Assert.Contains(pod["volumes"]!.AsArray(), volume => (string?)volume!["emptyDir"]?["medium"] == "Memory");
    }

    [Fact]
    public async Task A_gpu_can_be_taken_away_by_values()
    {
        using var chart = await PublishedChart.CreateAsync(Topology);
        var objects = await Helm.TemplateAsync(
            chart.Folder, "--set", "scorer.tolerations=null", "--set-json", """scorer.resources.limits={"nvidia.com/gpu":null}""");
        var pod = Pod(Find(objects, "Deployment", "scorer"));

        Assert.Null(pod["containers"]![0]!["resources"]!["limits"]!["nvidia.com/gpu"]);
        Assert.Null(pod["tolerations"]);
    }

    [Fact]
    public async Task A_mig_slice_is_a_resource_of_its_own()
    {
        using var chart = await PublishedChart.CreateAsync(builder =>
            builder.AddContainer("scorer", "acme/scorer", "1").WithGpu(2, gpu => gpu.MigProfile = "1g.10gb"));
        var pod = Pod(Find(await Helm.TemplateAsync(chart.Folder), "Deployment", "scorer"));

        Assert.Equal("2", (string?)pod["containers"]![0]!["resources"]!["limits"]!["nvidia.com/mig-1g.10gb"]);
        Assert.Equal("nvidia.com/gpu", (string?)pod["tolerations"]![0]!["key"]);
    }

    [Theory]
    [InlineData("scorer", 1, 4)]
    [InlineData("api", 2, 10)]
    public async Task Autoscaling_is_an_hpa_and_the_workload_leaves_its_replicas_alone(string name, int min, int max)
    {
        using var chart = await PublishedChart.CreateAsync(Topology);
        var objects = await Helm.TemplateAsync(chart.Folder);
        var autoscaler = Find(objects, "HorizontalPodAutoscaler", name);

        Assert.Equal("autoscaling/v2", (string?)autoscaler["apiVersion"]);
        Assert.Equal(min, (int)autoscaler["spec"]!["minReplicas"]!);
        Assert.Equal(max, (int)autoscaler["spec"]!["maxReplicas"]!);
        Assert.Equal(["apiVersion", "kind", "name"], autoscaler["spec"]!["scaleTargetRef"]!.AsObject().Select(entry => entry.Key).Order());
        Assert.Equal(["resource", "type"], autoscaler["spec"]!["metrics"]![0]!.AsObject().Select(entry => entry.Key).Order());
        Assert.Null(Find(objects, "Deployment", name)["spec"]!["replicas"]);

        var fixedSize = await Helm.TemplateAsync(chart.Folder, "--set", $"{name}.autoscaling.enabled=false", "--set", $"{name}.replicas=3");
        Assert.Equal(3, (int)Find(fixedSize, "Deployment", name)["spec"]!["replicas"]!);
        Assert.DoesNotContain(fixedSize, item => Is(item, "HorizontalPodAutoscaler", name));
    }

    [Fact]
    public async Task Training_is_a_job_whose_name_changes_with_its_template_and_a_cron_job()
    {
        using var chart = await PublishedChart.CreateAsync(Topology);
        string[] given = ["--set", "secrets.storePassword=p"];
        var first = Training(await Helm.TemplateAsync(chart.Folder, given));
        var same = Training(await Helm.TemplateAsync(chart.Folder, given));
        var changed = Training(await Helm.TemplateAsync(chart.Folder, [.. given, "--set", "training.image.tag=next"]));

        Assert.Equal("Never", (string?)Pod(first)["restartPolicy"]);
        Assert.Equal(3, (int)first["spec"]!["backoffLimit"]!);
        Assert.Equal("Ignore", (string?)first["spec"]!["podFailurePolicy"]!["rules"]![0]!["action"]);
        Assert.Equal((string?)first["metadata"]!["name"], (string?)same["metadata"]!["name"]);
        Assert.NotEqual((string?)first["metadata"]!["name"], (string?)changed["metadata"]!["name"]);

        var objects = await Helm.TemplateAsync(chart.Folder, "--set", "training.schedule=5 4 * * *");
        var repeated = Find(objects, "CronJob", "training");
        Assert.Equal("5 4 * * *", (string?)repeated["spec"]!["schedule"]);
        Assert.Equal("Forbid", (string?)repeated["spec"]!["concurrencyPolicy"]);
        Assert.DoesNotContain(objects, item => Is(item, "Service", "training") || Is(item, "PodDisruptionBudget", "training"));
    }

    [Fact]
    public async Task Secrets_of_the_kits_services_are_files_and_those_of_other_images_variables()
    {
        using var chart = await PublishedChart.CreateAsync(Topology);
        var objects = await Helm.TemplateAsync(chart.Folder);
        var service = Pod(Find(objects, "StatefulSet", "features"));
        var container = service["containers"]![0]!;
        var store = Pod(Find(objects, "StatefulSet", "store"))["containers"]![0]!;

        Assert.Contains(container["volumeMounts"]!.AsArray(), mount => (string?)mount!["mountPath"] == "/run/secrets/mlkit");
        Assert.DoesNotContain(container["envFrom"]!.AsArray(), source => source!["secretRef"] is not null);
        Assert.Contains(store["envFrom"]!.AsArray(), source => source!["secretRef"] is not null);
    }

    [Fact]
    public async Task A_generated_password_is_the_same_wherever_it_is_used_and_in_no_file()
    {
        using var chart = await PublishedChart.CreateAsync(Topology);
        var objects = await Helm.TemplateAsync(chart.Folder);

        var password = (string)Find(objects, "Secret", "store-secrets")["stringData"]!["REDIS_PASSWORD"]!;
        var connection = (string)Find(objects, "Secret", "features-secrets")["stringData"]!["ConnectionStrings__store"]!;

        Assert.Equal(32, password.Length);
        Assert.Equal($"rel-shop-store:6379,password={password}", connection);
        Assert.All(chart.Files, file => Assert.DoesNotContain(password, chart.Read(file), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_scaled_service_keeps_its_state_in_scratch_space()
    {
        using var chart = await PublishedChart.CreateAsync(Topology);
        var pod = Pod(Find(await Helm.TemplateAsync(chart.Folder), "Deployment", "scorer"));

        var state = Assert.Single(pod["volumes"]!.AsArray(), volume => (string?)volume!["name"] == "scorer-state");
        Assert.NotNull(state!["emptyDir"]!["sizeLimit"]);
    }

    [Fact]
    public async Task A_size_is_request_and_limit()
    {
        using var chart = await PublishedChart.CreateAsync(builder =>
            builder.AddContainer("api", "acme/api", "1").WithResources("1500m", "3Gi", "2Gi"));
        var resources = Pod(Find(await Helm.TemplateAsync(chart.Folder), "Deployment", "api"))["containers"]![0]!["resources"]!;

        Assert.All(["requests", "limits"], half =>
        {
            Assert.Equal("1500m", (string?)resources[half]!["cpu"]);
            Assert.Equal("3Gi", (string?)resources[half]!["memory"]);
            Assert.Equal("2Gi", (string?)resources[half]!["ephemeral-storage"]);
        });
    }

    private static void Topology(IDistributedApplicationBuilder builder)
    {
        var store = builder.AddOnlineStore("store");
        var features = builder.AddContainer("features", "acme/features", "1")
            .WithState()
            .WithDefaultHttpPort(6566)
            .WithReference(store)
            .WaitFor(store);
        builder.AddContainer("training", "acme/training", "1")
            .WithState()
            .WithReference(store)
            .AsTrainingJob(schedule: "0 3 * * *", retries: 3);
        var scorer = builder.AddContainer("scorer", "acme/scorer", "1")
            .WithState()
            .WithDefaultHttpPort(8000)
            .WithModel("recommender-ranker")
            .WithGpu(1)
            .WithAutoscaling(min: 1, max: 4);
        builder.AddContainer("api", "acme/api", "1")
            .WithState()
            .WithDefaultHttpPort(8080)
            .WithExternalHttpEndpoints()
            .WithReference(scorer.GetEndpoint("http"))
            .WithReference(features.GetEndpoint("http"))
            .WithAutoscaling(min: 2, max: 10, cpu: 60);
    }

    private static JsonObject Training(List<JsonObject> objects) => Assert.Single(objects, item => (string?)item["kind"] == "Job");

    private static JsonObject Find(List<JsonObject> objects, string kind, string name) => Assert.Single(objects, item => Is(item, kind, name));

    private static bool Is(JsonObject item, string kind, string name) =>
        (string?)item["kind"] == kind && (string?)item["metadata"]!["name"] == $"rel-shop-{name}";

    private static JsonNode Pod(JsonObject workload) => workload["spec"]!["template"]!["spec"]!;
}
