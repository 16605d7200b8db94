using System.Text.Json.Nodes;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using MlKit.Tests.Kubernetes;

namespace MlKit.Aspire.Embedded.Tests.Kubernetes;

public sealed class ChartTests
{
    [Fact]
    public async Task The_chart_passes_helm_lint_and_every_object_its_strict_schema()
    {
        var schemas = new StrictSchemas();
        using var chart = await PublishedChart.CreateAsync(Shop);
        string[] given = ["--set", "secrets.apiKey=k"];

        await Helm.LintAsync(chart.Folder, given);
        var objects = await Helm.TemplateAsync(chart.Folder, given);

        Assert.NotEmpty(objects);
        Assert.Empty(objects.SelectMany(schemas.Check));
    }

    [Fact]
    public async Task Every_object_is_named_after_the_release_and_labelled()
    {
        using var chart = await PublishedChart.CreateAsync(Shop);

        var objects = await Helm.TemplateAsync(chart.Folder, "--set", "secrets.apiKey=k");

        Assert.All(objects, item => Assert.StartsWith("rel-shop-", (string)item["metadata"]!["name"]!, StringComparison.Ordinal));
        string[] labels = ["app.kubernetes.io/name", "app.kubernetes.io/instance", "app.kubernetes.io/version", "helm.sh/chart"];
        Assert.All(objects, item => Assert.All(labels, label => Assert.NotNull(item["metadata"]!["labels"]![label])));
    }

    [Fact]
    public async Task A_secret_without_value_must_be_given_and_no_file_holds_one()
    {
        using var chart = await PublishedChart.CreateAsync(Shop, "--Parameters:api-key", "very-secret-value");

        Assert.Contains("secrets.apiKey is required", await Helm.RefusalAsync(chart.Folder), StringComparison.Ordinal);
        Assert.All(chart.Files, file => Assert.DoesNotContain("very-secret-value", chart.Read(file), StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_existing_secret_takes_the_place_of_the_charts_own()
    {
        using var chart = await PublishedChart.CreateAsync(Shop);

        var objects = await Helm.TemplateAsync(chart.Folder, "--set", "web.existingSecret=mine");

        Assert.DoesNotContain(objects, item => (string?)item["kind"] == "Secret");
        var source = MainOf(Find(objects, "Deployment", "rel-shop-web"))["envFrom"]!.AsArray();
        Assert.Contains(source, item => (string?)item!["secretRef"]?["name"] == "mine");
    }

    [Fact]
    public async Task A_parameter_without_value_becomes_an_empty_value_and_one_with_a_value_its_default()
    {
        using var chart = await PublishedChart.CreateAsync(Shop);

        var values = YamlDocuments.Parse(chart.Read("values.yaml")).Single();

        Assert.Equal("", (string?)values["parameters"]!["greeting"]);
        Assert.Equal("info", (string?)values["parameters"]!["logLevel"]);
    }

    [Fact]
    public async Task Pods_meet_the_restricted_level_and_have_requests_limits_and_probes()
    {
        using var chart = await PublishedChart.CreateAsync(Shop);
        var objects = await Helm.TemplateAsync(chart.Folder, "--set", "secrets.apiKey=k");

        var pod = Find(objects, "Deployment", "rel-shop-web")["spec"]!["template"]!["spec"]!;
        var main = pod["containers"]![0]!;

        Assert.True((bool)pod["securityContext"]!["runAsNonRoot"]!);
        Assert.Equal("RuntimeDefault", (string?)pod["securityContext"]!["seccompProfile"]!["type"]);
        Assert.False((bool)pod["automountServiceAccountToken"]!);
        Assert.True((bool)main["securityContext"]!["readOnlyRootFilesystem"]!);
        Assert.Equal("ALL", (string?)main["securityContext"]!["capabilities"]!["drop"]![0]);
        Assert.Equal("/ready", (string?)main["readinessProbe"]!["httpGet"]!["path"]);
        Assert.Equal("HTTP", (string?)main["readinessProbe"]!["httpGet"]!["scheme"]);
        Assert.NotNull(main["livenessProbe"]);
        Assert.All(["cpu", "memory", "ephemeral-storage"], name =>
        {
            Assert.NotNull(main["resources"]!["requests"]![name]);
            Assert.NotNull(main["resources"]!["limits"]![name]);
        });
    }

    [Fact]
    public async Task A_named_volume_is_a_claim_of_a_stateful_set_behind_a_headless_service()
    {
        using var chart = await PublishedChart.CreateAsync(Shop);
        var objects = await Helm.TemplateAsync(chart.Folder, "--set", "secrets.apiKey=k");

        var set = Find(objects, "StatefulSet", "rel-shop-store");
        var governing = Find(objects, "Service", (string)set["spec"]!["serviceName"]!);

        Assert.Equal("None", (string?)governing["spec"]!["clusterIP"]);
        Assert.Equal("1Gi", (string?)set["spec"]!["volumeClaimTemplates"]![0]!["spec"]!["resources"]!["requests"]!["storage"]);
    }

    [Fact]
    public async Task The_network_policies_follow_the_references()
    {
        using var chart = await PublishedChart.CreateAsync(Shop);
        var objects = await Helm.TemplateAsync(chart.Folder, "--set", "secrets.apiKey=k");

        var store = Find(objects, "NetworkPolicy", "rel-shop-store")["spec"]!["ingress"]!.AsArray();

        var caller = Assert.Single(store)!;
        Assert.Equal("web", (string?)caller["from"]![0]!["podSelector"]!["matchLabels"]!["app.kubernetes.io/component"]);
        Assert.Equal(7000, (int)caller["ports"]![0]!["port"]!);
        var everything = Find(objects, "NetworkPolicy", "rel-shop-default")["spec"]!;
        Assert.Null(everything["ingress"]);
    }

    [Fact]
    public async Task Waiting_for_a_resource_is_an_init_container()
    {
        using var chart = await PublishedChart.CreateAsync(Shop);
        var objects = await Helm.TemplateAsync(chart.Folder, "--set", "secrets.apiKey=k");

        var wait = Find(objects, "Deployment", "rel-shop-web")["spec"]!["template"]!["spec"]!["initContainers"]![0]!;

        Assert.Equal("wait-for-store", (string?)wait["name"]);
        Assert.Equal(["rel-shop-store", "7000"], wait["args"]!.AsArray().Select(item => (string)item!));
    }

    [Fact]
    public async Task Image_replicas_resources_and_settings_are_values()
    {
        using var chart = await PublishedChart.CreateAsync(Shop);
        string[] given =
        [
            "--set", "secrets.apiKey=k", "--set", "web.replicas=5", "--set", "web.image.tag=9.9", "--set", "web.config.MODE=night",
            "--set", "global.imageRegistry=mirror.example.com", "--set", "web.resources.limits.memory=3Gi",
        ];

        var objects = await Helm.TemplateAsync(chart.Folder, given);

        var web = Find(objects, "Deployment", "rel-shop-web");
        Assert.Equal(5, (int)web["spec"]!["replicas"]!);
        Assert.Equal("mirror.example.com/acme/web:9.9", (string?)MainOf(web)["image"]);
        Assert.Equal("3Gi", (string?)MainOf(web)["resources"]!["limits"]!["memory"]);
        Assert.Equal("night", (string?)Find(objects, "ConfigMap", "rel-shop-web-config")["data"]!["MODE"]);
    }

    [Fact]
    public async Task A_misspelt_value_is_refused()
    {
        using var chart = await PublishedChart.CreateAsync(Shop);

        Assert.Contains("replcas", await Helm.RefusalAsync(chart.Folder, "--set", "secrets.apiKey=k", "--set", "web.replcas=5"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Publishing_twice_gives_the_same_bytes_and_removes_what_is_stale()
    {
        using var chart = await PublishedChart.CreateAsync(Shop);
        var first = chart.Files.ToDictionary(file => file, chart.Read);
        Directory.CreateDirectory(Path.Combine(chart.Folder, "templates", "gone"));
        await File.WriteAllTextAsync(Path.Combine(chart.Folder, "templates/gone/deployment.yaml"), "x", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(chart.Folder, "values-mine.yaml"), "{}", TestContext.Current.CancellationToken);

        await PublishedChart.PublishAsync(Shop, chart.Folder);

        Assert.Equal(first.Keys.Append("values-mine.yaml").Order(StringComparer.Ordinal), chart.Files);
        Assert.All(first, file => Assert.Equal(file.Value, chart.Read(file.Key)));
    }

    [Fact]
    public async Task A_folder_of_this_machine_is_refused_by_name_and_the_old_chart_stays()
    {
        using var chart = await PublishedChart.CreateAsync(Shop);
        var before = chart.Read("values.yaml");

        var error = await Assert.ThrowsAsync<DistributedApplicationException>(() => PublishedChart.PublishAsync(
            builder => builder.AddContainer("web", "acme/web", "1").WithBindMount("data", "/data"), chart.Folder));

        Assert.Contains("'web'", error.Message, StringComparison.Ordinal);
        Assert.Contains("WithBindMount", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, chart.Read("values.yaml"));
    }

    [Fact]
    public async Task A_braced_setting_reaches_the_pod_unchanged()
    {
        using var chart = await PublishedChart.CreateAsync(Shop);
        var objects = await Helm.TemplateAsync(chart.Folder, "--set", "secrets.apiKey=k");

        Assert.Equal("{{ name }} 100%", (string?)Find(objects, "ConfigMap", "rel-shop-web-config")["data"]!["GREETING_FORMAT"]);
    }

    [Fact]
    public async Task A_uri_formatted_secret_is_percent_encoded()
    {
        using var chart = await PublishedChart.CreateAsync(Shop);
        var objects = await Helm.TemplateAsync(chart.Folder, "--set-string", "secrets.apiKey=a@b/c d");

        var secret = Find(objects, "Secret", "rel-shop-web-secrets")["stringData"]!;
        Assert.Equal("http://u:a%40b%2Fc%20d@rel-shop-store:7000", (string?)secret["STORE_URL"]);
    }

    private static void Shop(IDistributedApplicationBuilder builder)
    {
        var key = builder.CreateResourceBuilder(new ParameterResource("api-key", _ => builder.Configuration["Parameters:api-key"]!, secret: true));
        var greeting = builder.CreateResourceBuilder(new ParameterResource("greeting", _ => throw new MissingParameterValueException("none")));
        var level = builder.CreateResourceBuilder(new ParameterResource("log-level", _ => "info"));
        var store = builder.AddContainer("store", "acme/store", "2.1")
            .WithEndpoint(targetPort: 7000, name: "tcp")
            .WithVolume("store-data", "/data");
        var tcp = store.GetEndpoint("tcp");
        builder.AddContainer("web", "docker.io/acme/web", "1.0")
            .WithHttpEndpoint(targetPort: 8080, name: "http")
            .WithHttpHealthCheck("/ready")
            .WithEnvironment("MODE", "day")
            .WithEnvironment("GREETING", greeting)
            .WithEnvironment("GREETING_FORMAT", "{{ name }} 100%")
            .WithEnvironment("LEVEL", level)
            .WithEnvironment("API_KEY", key)
            .WithEnvironment("STORE_URL", ReferenceExpression.Create(
                $"http://u:{key.Resource:uri}@{tcp.Property(EndpointProperty.HostAndPort)}"))
            .WaitFor(store);
    }

    private static JsonObject Find(IEnumerable<JsonObject> objects, string kind, string name) =>
        Assert.Single(objects, item => (string?)item["kind"] == kind && (string?)item["metadata"]!["name"] == name);

    private static JsonNode MainOf(JsonObject workload) => workload["spec"]!["template"]!["spec"]!["containers"]![0]!;
}
