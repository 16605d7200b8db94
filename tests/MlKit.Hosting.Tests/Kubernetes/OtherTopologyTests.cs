using System.Text.Json.Nodes;
using Aspire.Hosting;
using Aspire.Hosting.Kubernetes.Checking;
using MlKit.Tests.Kubernetes;

namespace MlKit.Hosting.Tests.Kubernetes;

/// <summary>Whatever topology a user writes is published as a chart and as manifests in which nothing is wrong.</summary>
public sealed class OtherTopologyTests
{
    // What only the one who installs knows.
    private static string[] Given(string name) => name switch
    {
        "identities" => ["--set", "secrets.key=k"],
        "settings" => ["--set", "parameters.given=g"],
        _ => [],
    };

    public static TheoryData<string> Names { get; } = [.. OtherTopologies.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Its_chart_passes_lint_and_strict_schemas_and_its_manifests_the_check(string name)
    {
        using var chart = await PublishedChart.CreateAsync(OtherTopologies.All[name]);
        using var manifests = await PublishedChart.CreateAsync(OtherTopologies.All[name], "--output-format", "manifests");
        var schemas = new StrictSchemas();
        string[] development = [.. Given(name), "--values", Path.Combine(chart.Folder, "values-dev.yaml")];

        Assert.DoesNotContain(ManifestCheck.CheckFolder(manifests.Folder), problem => problem.IsError);
        await Helm.LintAsync(chart.Folder, Given(name));
        Assert.Empty((await Helm.TemplateAsync(chart.Folder, Given(name))).SelectMany(schemas.Check));
        Assert.Empty((await Helm.TemplateAsync(chart.Folder, development)).SelectMany(schemas.Check));
    }

    [Fact]
    public async Task Ports_have_names_of_their_own_and_policies_the_protocol_that_they_speak()
    {
        var objects = await RenderAsync("ports");
        var ports = Find(objects, "Service", "resolver")["spec"]!["ports"]!.AsArray();
        var rule = Find(objects, "NetworkPolicy", "resolver")["spec"]!["ingress"]!.AsArray()
            .Single(candidate => candidate!.ToJsonString().Contains("\"gateway\"", StringComparison.Ordinal))!;

        Assert.Equal(4, ports.Select(port => (string?)port!["name"]).Distinct().Count());
        Assert.Contains(ports, port => (string?)port!["protocol"] == "UDP" && (int)port["port"]! == 53);
        Assert.Contains(rule["ports"]!.AsArray(), port => (string?)port!["protocol"] == "UDP" && (int)port["port"]! == 5353);
        Assert.Contains(rule["ports"]!.AsArray(), port => (string?)port!["protocol"] == "TCP" && (int)port["port"]! == 5353);
    }

    [Fact]
    public async Task A_parameters_value_arrives_whatever_characters_it_has()
    {
        var settings = Find(await RenderAsync("settings"), "ConfigMap", "web-config")["data"]!;

        Assert.Equal("a {{ value }}: \"quoted\"", (string?)settings["PLAIN"]);
        Assert.Equal("a {{ value }}: \"quoted\"/warehouse.example.com", (string?)settings["FROM_CALLBACK"]);
        Assert.Equal("line 1\n  line 2\n\n# no comment\n", (string?)settings["MULTI"]);
        Assert.Equal("Zürich – 東京 🎉", (string?)settings["UNICODE"]);
        Assert.Equal(["0123", "~", ""], new[] { "NUMBER", "NULLISH", "EMPTY" }.Select(key => (string?)settings[key]));
    }

    [Fact]
    public async Task A_program_with_a_Dockerfile_is_published_with_its_endpoint()
    {
        var objects = await RenderAsync("programs");

        Assert.Equal(3000, (int)Find(objects, "Service", "node")["spec"]!["ports"]![0]!["port"]!);
        Assert.Equal("3000", (string?)Find(objects, "ConfigMap", "node-config")["data"]!["PORT"]);
        Assert.DoesNotContain(objects, item => item.ToJsonString().Contains("left-out", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_waits_for_completion_may_see_that_one_job_and_only_while_it_waits()
    {
        var objects = await RenderAsync("jobs");
        var job = objects.Single(item => (string?)item["kind"] == "Job" && Name(item).StartsWith("rel-shop-seed-", StringComparison.Ordinal));
        var waiter = objects.Single(item => (string?)item["kind"] == "Job" && Name(item).StartsWith("rel-shop-prepare-", StringComparison.Ordinal));
        var pod = waiter["spec"]!["template"]!["spec"]!;
        var wait = Assert.Single(pod["initContainers"]!.AsArray())!;
        var role = Find(objects, "Role", "prepare-waits")["rules"]![0]!;

        Assert.Contains($"job/{Name(job)}", wait["args"]!.AsArray().Select(argument => (string?)argument));
        Assert.Equal([Name(job)], role["resourceNames"]!.AsArray().Select(name => (string?)name));
        Assert.Equal(["get", "list", "watch"], role["verbs"]!.AsArray().Select(verb => (string?)verb));
        Assert.False((bool)pod["automountServiceAccountToken"]!);
        Assert.DoesNotContain(pod["containers"]![0]!["volumeMounts"]!.AsArray(), mount => (string?)mount!["name"] == "job-reader");
        Assert.Null(job["spec"]!["ttlSecondsAfterFinished"]);
        Assert.DoesNotContain(objects, item => (string?)item["kind"] is "Deployment" or "Service" && Name(item) == "rel-shop-seed");
    }

    [Fact]
    public async Task Waiting_for_another_exit_code_than_0_is_refused_by_both_names()
    {
        var error = await Assert.ThrowsAsync<DistributedApplicationException>(() => PublishedChart.CreateAsync(builder =>
        {
            var seed = builder.AddContainer("seed", "acme/seed", "1");
            builder.AddContainer("web", "acme/web", "1").WaitForCompletion(seed, exitCode: 3);
        }));

        Assert.Contains("'web': WaitForCompletion('seed', exitCode: 3)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_kits_own_tracking_server_takes_the_official_ones_place_on_the_same_database_and_artifacts()
    {
        var objects = await RenderAsync("tracking-embedded");
        var official = await RenderAsync("tracking-only");
        var pod = Find(objects, "Deployment", "tracking")["spec"]!["template"]!["spec"]!;
        var container = pod["containers"]![0]!;
        var settings = Find(objects, "ConfigMap", "tracking-config")["data"]!;

        Assert.Equal("mlkit/tracking:0.1.0", (string?)container["image"]);
        Assert.Null(container["args"]);
        Assert.Equal("/alive", (string?)container["livenessProbe"]!["httpGet"]!["path"]);
        Assert.Equal("http://+:5000", (string?)settings["ASPNETCORE_URLS"]);
        Assert.Equal("s3://mlkit/tracking-artifacts", (string?)settings["MLKIT__TRACKING__ARTIFACTS"]);
        Assert.Contains("rel-shop-tracking", ((string?)settings["MLKIT__TRACKING__ALLOWEDHOSTS"])!.Split(','));
        Assert.DoesNotContain(settings.AsObject(), setting => setting.Key.StartsWith("MLFLOW_", StringComparison.Ordinal));
        Assert.True(Find(objects, "Secret", "tracking-secrets")["stringData"]!.AsObject().ContainsKey("ConnectionStrings__tracking"));
        Assert.DoesNotContain(container["envFrom"]!.AsArray(), source => source!["secretRef"] is not null);
        Assert.Contains("\"rel-shop-tracking-secrets\"", pod["volumes"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain(objects, item => Name(item).StartsWith("rel-shop-tracking-migrate", StringComparison.Ordinal));
        Assert.Equal(
            Find(official, "StatefulSet", "tracking-postgres")["spec"]!["template"]!["spec"]!.ToJsonString(),
            Find(objects, "StatefulSet", "tracking-postgres")["spec"]!["template"]!["spec"]!.ToJsonString());
    }

    [Theory]
    [InlineData("caches", "StatefulSet", "cache", "${REDIS_PASSWORD:?")]
    [InlineData("features-only", "StatefulSet", "store", "${REDIS_PASSWORD:?")]
    [InlineData("features-only", "StatefulSet", "object-store", "${AWS_SECRET_ACCESS_KEY:?")]
    public async Task A_server_whose_secret_is_empty_does_not_start_without_a_password(string topology, string kind, string name, string guard) =>
        Assert.Contains(guard, Find(await RenderAsync(topology), kind, name)["spec"]!["template"]!["spec"]!["containers"]![0]!["args"]!.ToJsonString(), StringComparison.Ordinal);

    private static async Task<List<JsonObject>> RenderAsync(string name)
    {
        using var chart = await PublishedChart.CreateAsync(OtherTopologies.All[name]);
        return await Helm.TemplateAsync(chart.Folder, Given(name));
    }

    private static JsonObject Find(List<JsonObject> objects, string kind, string name) =>
        Assert.Single(objects, item => (string?)item["kind"] == kind && Name(item) == $"rel-shop-{name}");

    private static string Name(JsonObject item) => (string)item["metadata"]!["name"]!;
}
