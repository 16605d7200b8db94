using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Aspire.Hosting;
using MlKit.Tests.Kubernetes;

namespace MlKit.Hosting.Tests.Kubernetes;

/// <summary>The known defects of the official publisher, of which none may come back; one test each, by its number.</summary>
public sealed partial class OfficialDefectTests(RenderedSamples samples) : IClassFixture<RenderedSamples>
{
    [Fact]
    public void K1_settings_and_secrets_reach_the_pods_with_their_values()
    {
        Assert.Equal("eu-west-1", (string?)Find(Shop, "ConfigMap", "checkout-config")["data"]!["REGION"]);
        Assert.Equal("t0ken", (string?)Find(Shop, "Secret", "checkout-secrets")["stringData"]!["PAYMENT_TOKEN"]);
    }

    [Fact]
    public async Task K2_a_secret_that_nobody_gives_is_refused_by_name() =>
        Assert.Contains("secrets.paymentToken is required", await Helm.RefusalAsync(samples.Shop.Folder), StringComparison.Ordinal);

    [Fact]
    public void K3_a_parameters_value_is_the_charts_default() =>
        Assert.Contains("region: eu-west-1", samples.Shop.Read("values.yaml"), StringComparison.Ordinal);

    [Fact]
    public async Task K4_one_generated_password_serves_all_and_an_existing_secret_takes_its_place()
    {
        var objects = await Helm.TemplateAsync(samples.Shop.Folder, "--set", "secrets.paymentToken=t", "--set", "checkout.existingSecret=mine");
        var password = (string)Find(objects, "Secret", "pg-secrets")["stringData"]!["POSTGRES_PASSWORD"]!;

        Assert.Contains(password, (string)Find(objects, "Secret", "catalog-secrets")["stringData"]!["ConnectionStrings__stock_db"]!, StringComparison.Ordinal);
        Assert.Equal("keep", (string?)Find(objects, "Secret", "generated")["metadata"]!["annotations"]!["helm.sh/resource-policy"]);
        Assert.DoesNotContain(objects, item => Is(item, "Secret", "checkout-secrets"));
        Assert.Contains("mine", Find(objects, "Deployment", "checkout").ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public void K5_a_password_inside_an_address_is_percent_encoded()
    {
        var addresses = Shop.Where(item => (string?)item["kind"] == "Secret")
            .SelectMany(item => item["stringData"] as JsonObject ?? [])
            .Select(entry => (string)entry.Value!)
            .Where(value => value.StartsWith("postgresql://", StringComparison.Ordinal))
            .ToList();

        Assert.NotEmpty(addresses);
        Assert.All(addresses, address => Assert.Contains("p%40ss%2Fw%3Ard@", address, StringComparison.Ordinal));
    }

    [Fact]
    public void K6_a_named_volume_outlives_its_pod()
    {
        foreach (var name in new[] { "pg", "cache" })
        {
            var set = Find(Shop, "StatefulSet", name);
            var mounted = Container(set)["volumeMounts"]!.AsArray().Select(mount => (string?)mount!["name"]);
            Assert.Contains((string?)set["spec"]!["volumeClaimTemplates"]![0]!["metadata"]!["name"], mounted);
        }
    }

    [Fact]
    public void K7_claims_carry_nothing_empty_and_no_volume_is_written()
    {
        var claims = samples.All.Where(item => (string?)item["kind"] == "PersistentVolumeClaim").ToList();

        Assert.NotEmpty(claims);
        Assert.DoesNotContain(samples.All, item => (string?)item["kind"] == "PersistentVolume");
        Assert.All(claims, claim => Assert.Equal(["accessModes", "resources"], claim["spec"]!.AsObject().Select(entry => entry.Key).Order()));
    }

    [Fact]
    public void K8_a_stateful_set_has_a_headless_service_and_claims_of_its_own()
    {
        var sets = samples.All.Where(item => (string?)item["kind"] == "StatefulSet").ToList();

        Assert.NotEmpty(sets);
        Assert.All(sets, set =>
        {
            var service = Assert.Single(samples.All, item => (string?)item["kind"] == "Service"
                && (string?)item["metadata"]!["name"] == (string?)set["spec"]!["serviceName"]);
            Assert.Equal("None", (string?)service["spec"]!["clusterIP"]);
            Assert.NotEmpty(set["spec"]!["volumeClaimTemplates"]!.AsArray());
        });
    }

    [Fact]
    public void K9_volumes_of_pods_have_names_that_are_allowed() => Assert.All(
        Workloads.SelectMany(item => Pod(item)["volumes"]?.AsArray() ?? []),
        volume => Assert.Matches(Label(), (string)volume!["name"]!));

    [Fact]
    public void K10_a_stateful_set_can_be_updated() => Assert.All(
        samples.All.Where(item => (string?)item["kind"] == "StatefulSet"),
        set => Assert.Null(set["spec"]!["updateStrategy"]?["rollingUpdate"]?["maxUnavailable"]));

    [Fact]
    public void K11_a_new_pod_never_waits_for_a_volume_that_the_old_one_holds()
    {
        var holding = samples.All.Where(item => (string?)item["kind"] == "Deployment"
            && (Pod(item)["volumes"]?.AsArray() ?? []).Any(volume => volume!["persistentVolumeClaim"] is not null)).ToList();

        Assert.NotEmpty(holding);
        Assert.All(holding, item => Assert.Equal(0, (int)item["spec"]!["strategy"]!["rollingUpdate"]!["maxSurge"]!));
    }

    [Fact]
    public void K12_probes_speak_http_in_the_spelling_of_the_api()
    {
        var probes = Workloads.SelectMany(item => Pod(item)["containers"]!.AsArray())
            .SelectMany(container => new[] { "startupProbe", "readinessProbe", "livenessProbe" }.Select(key => container![key]?["httpGet"]))
            .Where(probe => probe is not null)
            .ToList();

        Assert.NotEmpty(probes);
        Assert.All(probes, probe => Assert.Equal("HTTP", (string?)probe!["scheme"]));
    }

    [Fact]
    public void K13_health_checks_and_databases_have_probes()
    {
        Assert.Equal("/health", (string?)Container(Find(Shop, "Deployment", "catalog"))["readinessProbe"]!["httpGet"]!["path"]);
        Assert.NotNull(Container(Find(Shop, "StatefulSet", "pg"))["readinessProbe"]!["exec"]);
        Assert.NotNull(Container(Find(Shop, "StatefulSet", "cache"))["readinessProbe"]);
    }

    [Fact]
    public void K14_an_autoscaler_holds_one_source_per_metric_and_nothing_empty()
    {
        var autoscalers = samples.All.Where(item => (string?)item["kind"] == "HorizontalPodAutoscaler").ToList();

        Assert.NotEmpty(autoscalers);
        Assert.All(autoscalers, item =>
        {
            Assert.Equal(["apiVersion", "kind", "name"], item["spec"]!["scaleTargetRef"]!.AsObject().Select(entry => entry.Key).Order());
            Assert.All(item["spec"]!["metrics"]!.AsArray(), metric => Assert.Equal(2, metric!.AsObject().Count));
        });
    }

    [Fact]
    public void K15_replicas_are_left_to_the_autoscaler() => Assert.All(
        samples.All.Where(item => (string?)item["kind"] == "HorizontalPodAutoscaler"),
        autoscaler => Assert.Null(samples.All.Single(item => (string?)item["kind"] == (string?)autoscaler["spec"]!["scaleTargetRef"]!["kind"]
            && (string?)item["metadata"]!["name"] == (string?)autoscaler["spec"]!["scaleTargetRef"]!["name"])["spec"]!["replicas"]));

    [Fact]
    public async Task K16_replicas_resources_probes_services_and_storage_are_values()
    {
        var objects = await Helm.TemplateAsync(
            samples.Shop.Folder,
            [.. RenderedSamples.Given, "--set", "catalog.replicas=5,catalog.resources.limits.cpu=3,catalog.probes.readinessProbe.periodSeconds=9",
                "--set", "catalog.service.type=NodePort,pg.persistence.pgData.size=77Gi,checkout.image.tag=next"]);
        var catalog = Find(objects, "Deployment", "catalog");

        Assert.Equal(5, (int)catalog["spec"]!["replicas"]!);
        Assert.Equal("3", Container(catalog)["resources"]!["limits"]!["cpu"]!.ToString());
        Assert.Equal(9, (int)Container(catalog)["readinessProbe"]!["periodSeconds"]!);
        Assert.Equal("NodePort", (string?)Find(objects, "Service", "catalog")["spec"]!["type"]);
        Assert.Equal("77Gi", (string?)Find(objects, "StatefulSet", "pg")["spec"]!["volumeClaimTemplates"]![0]!["spec"]!["resources"]!["requests"]!["storage"]);
        Assert.EndsWith(":next", (string)Container(Find(objects, "Deployment", "checkout"))["image"]!, StringComparison.Ordinal);
    }

    [Fact]
    public void K17_every_container_has_requests_and_limits_and_accelerators_come_in_whole_pairs()
    {
        Assert.All(Workloads.SelectMany(item => Containers(item)), container => Assert.All(
            new[] { "cpu", "memory", "ephemeral-storage" },
            name => Assert.All(new[] { "requests", "limits" }, half => Assert.NotNull(container["resources"]![half]![name]))));
        Assert.Equal("2", (string?)Container(Find(Vision, "Deployment", "tagger"))["resources"]!["limits"]!["nvidia.com/mig-1g.10gb"]);
        Assert.Equal("nvidia.com/gpu", (string?)Pod(Find(Vision, "Deployment", "detector"))["tolerations"]![0]!["key"]);
    }

    [Fact]
    public async Task K18_what_runs_to_completion_is_a_job_and_who_waits_for_it_waits()
    {
        var job = Assert.Single(Vision, item => (string?)item["kind"] == "Job");

        Assert.Equal("Never", (string?)Pod(job)["restartPolicy"]);
        Assert.Equal("0 2 * * 0", (string?)Find(Vision, "CronJob", "retrain")["spec"]!["schedule"]);
        Assert.DoesNotContain(Vision, item => Is(item, "Deployment", "retrain"));

        using var chart = await PublishedChart.CreateAsync(builder =>
        {
            var seed = builder.AddContainer("seed", "acme/seed", "1");
            builder.AddContainer("web", "acme/web", "1").WaitForCompletion(seed);
        });
        var objects = await Helm.TemplateAsync(chart.Folder);
        var awaited = Assert.Single(objects, item => (string?)item["kind"] == "Job");
        Assert.Contains((string)awaited["metadata"]!["name"]!, Pod(Find(objects, "Deployment", "web"))["initContainers"]![0]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public void K19_waiting_is_an_init_container_per_dependency() => Assert.Equal(
        ["wait-for-cache", "wait-for-catalog", "wait-for-orders"],
        Pod(Find(Shop, "Deployment", "checkout"))["initContainers"]!.AsArray().Select(container => (string?)container!["name"]).Order());

    [Fact]
    public void K20_databases_are_created_in_the_cluster()
    {
        var job = Assert.Single(Shop, item => (string?)item["kind"] == "Job");

        Assert.Equal(["orders", "", "stock", ""], Container(job)["args"]!.AsArray().Select(argument => (string?)argument));
    }

    [Fact]
    public void K21_an_external_endpoint_can_be_reached_from_outside()
    {
        var ingress = Find(Shop, "Ingress", "checkout");

        Assert.Equal("shop.example.com", (string?)ingress["spec"]!["rules"]![0]!["host"]);
        Assert.Equal("shop-tls", (string?)ingress["spec"]!["tls"]![0]!["secretName"]);
    }

    [Fact]
    public void K22_no_reference_says_https_where_the_port_speaks_http() => Assert.All(
        samples.All.Where(item => (string?)item["kind"] is "ConfigMap" or "Secret"),
        item => Assert.DoesNotContain("https://rel-", item.ToJsonString(), StringComparison.Ordinal));

    [Fact]
    public void K23_a_services_own_port_is_what_callers_use()
    {
        var port = Find(Plain, "Service", "back-end")["spec"]!["ports"]![0]!;

        Assert.Equal(80, (int)port["port"]!);
        Assert.Equal("web", (string?)port["targetPort"]);
        Assert.Contains("http://rel-shop-back-end:80", Find(Plain, "ConfigMap", "front-config").ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public void K24_pods_are_restricted_and_protected()
    {
        Assert.All(Workloads, item =>
        {
            var pod = Pod(item);
            Assert.True((bool)pod["securityContext"]!["runAsNonRoot"]!);
            Assert.True((int)pod["securityContext"]!["runAsUser"]! > 10000);
            Assert.False((bool)pod["automountServiceAccountToken"]!);
            Assert.NotNull(pod["serviceAccountName"]);
            Assert.All(Containers(item), container =>
            {
                Assert.True((bool)container["securityContext"]!["readOnlyRootFilesystem"]!);
                Assert.Equal("ALL", (string?)container["securityContext"]!["capabilities"]!["drop"]![0]);
            });
            var component = (string?)item["spec"]!["template"]?["metadata"]!["labels"]!["app.kubernetes.io/component"];
            Assert.True(component is null || samples.All.Any(policy => (string?)policy["kind"] == "NetworkPolicy"
                && (string?)policy["spec"]!["podSelector"]!["matchLabels"]!["app.kubernetes.io/component"] == component));
        });
        Assert.Equal("50%", (string?)Find(Shop, "PodDisruptionBudget", "checkout")["spec"]!["maxUnavailable"]);
    }

    [Fact]
    public async Task K25_images_are_pinned_and_private_registries_have_their_secret()
    {
        Assert.All(Workloads.SelectMany(Containers), container => Assert.Matches(Pinned(), (string)container["image"]!));
        var objects = await Helm.TemplateAsync(samples.Plain.Folder, "--set", "imagePullSecrets[0].name=registry");
        Assert.Equal("registry", (string?)Pod(Find(objects, "Deployment", "front"))["imagePullSecrets"]![0]!["name"]);
    }

    [Fact]
    public async Task K26_a_changed_setting_or_secret_restarts_the_pods()
    {
        string Checksum(List<JsonObject> objects, string what) =>
            (string)Find(objects, "Deployment", "checkout")["spec"]!["template"]!["metadata"]!["annotations"]![$"checksum/{what}"]!;
        var config = await Helm.TemplateAsync(samples.Shop.Folder, [.. RenderedSamples.Given, "--set", "parameters.region=us"]);
        var secret = await Helm.TemplateAsync(samples.Shop.Folder, [.. RenderedSamples.Given, "--set", "secrets.paymentToken=other"]);

        Assert.NotEqual(Checksum(Shop, "config"), Checksum(config, "config"));
        Assert.NotEqual(Checksum(Shop, "secrets"), Checksum(secret, "secrets"));
    }

    [Fact]
    public async Task K27_names_carry_the_release_and_stay_within_their_limit()
    {
        var objects = await Helm.TemplateReleaseAsync(new string('r', 53), samples.Vision.Folder);

        Assert.All(objects, item => Assert.InRange(((string)item["metadata"]!["name"]!).Length, 1, (string?)item["kind"] == "CronJob" ? 52 : 63));
        Assert.All(Shop, item => Assert.StartsWith("rel-shop-", (string)item["metadata"]!["name"]!, StringComparison.Ordinal));
    }

    [Fact]
    public void K28_labels_are_complete_and_the_chart_has_notes_schema_readme_and_icon()
    {
        string[] labels = ["name", "instance", "version", "part-of", "managed-by"];
        Assert.All(Shop, item => Assert.All(labels, label => Assert.NotNull(item["metadata"]!["labels"]![$"app.kubernetes.io/{label}"])));
        Assert.All(Shop, item => Assert.NotNull(item["metadata"]!["labels"]!["helm.sh/chart"]));
        Assert.All(["templates/NOTES.txt", "values.schema.json", "README.md"], file => Assert.Contains(file, samples.Shop.Files));
        Assert.Contains("icon:", samples.Shop.Read("Chart.yaml"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task K29_a_bind_mount_is_refused_by_the_resources_name_and_a_volume_without_name_is_scratch_space()
    {
        var error = await Assert.ThrowsAsync<DistributedApplicationException>(() => PublishedChart.CreateAsync(builder =>
            builder.AddContainer("web", "acme/web", "1").WithBindMount("/srv", "/data")));
        Assert.Contains("'web': WithBindMount('/srv', '/data')", error.Message, StringComparison.Ordinal);

        using var chart = await PublishedChart.CreateAsync(builder => builder.AddContainer("web", "acme/web", "1").WithVolume("/cache"));
        Assert.Contains(Pod(Find(await Helm.TemplateAsync(chart.Folder), "Deployment", "web"))["volumes"]!.AsArray(), volume => volume!["emptyDir"] is not null);
    }

    [Fact]
    public async Task K30_a_plain_executable_is_left_out_with_a_word()
    {
        var said = await PublishMessages.OfAsync(builder =>
        {
            builder.AddContainer("web", "acme/web", "1");
            builder.AddExecutable("script", "python3", ".", "x.py");
        });

        Assert.Contains(said, message => message.Contains("'script' is left out", StringComparison.Ordinal));
    }

    [Fact]
    public void K31_no_dashboard_is_published_unasked() =>
        Assert.DoesNotContain(samples.All, item => item.ToJsonString().Contains("aspire-dashboard", StringComparison.Ordinal));

    [Fact]
    public async Task K32_a_failed_publish_is_an_error_and_leaves_the_old_output()
    {
        using var chart = await PublishedChart.CreateAsync(builder => builder.AddContainer("web", "acme/web", "1"));
        var before = chart.Files.ToDictionary(file => file, chart.Read);

        await Assert.ThrowsAsync<DistributedApplicationException>(() => PublishedChart.PublishAsync(
            builder =>
            {
                builder.AddContainer("web", "acme/web", "2");
                builder.AddContainer("api", "acme/api", "2").WithBindMount("/srv", "/data");
            },
            chart.Folder));

        Assert.Equal(before, chart.Files.ToDictionary(file => file, chart.Read));
    }

    private List<JsonObject> Shop => samples.ShopObjects;

    private List<JsonObject> Vision => samples.VisionObjects;

    private List<JsonObject> Plain => samples.PlainObjects;

    private IEnumerable<JsonObject> Workloads =>
        samples.All.Where(item => (string?)item["kind"] is "Deployment" or "StatefulSet" or "Job" or "CronJob");

    private static JsonObject Find(IEnumerable<JsonObject> objects, string kind, string name)
    {
        Assert.SkipUnless(Helm.IsThere, "helm is absent (run tests/tools/get-helm.sh)");
        return Assert.Single(objects, item => Is(item, kind, name));
    }

    private static bool Is(JsonObject item, string kind, string name) =>
        (string?)item["kind"] == kind && (string?)item["metadata"]!["name"] == $"rel-shop-{name}";

    private static JsonNode Pod(JsonObject item) =>
        ((string?)item["kind"] == "CronJob" ? item["spec"]!["jobTemplate"]! : item)["spec"]!["template"]!["spec"]!;

    private static JsonNode Container(JsonObject item) => Pod(item)["containers"]![0]!;

    private static IEnumerable<JsonNode> Containers(JsonObject item) =>
        (Pod(item)["initContainers"]?.AsArray() ?? []).Concat(Pod(item)["containers"]!.AsArray()).Select(container => container!);

    [GeneratedRegex("^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$")]
    private static partial Regex Label();

    [GeneratedRegex("(:(?!latest$)[^:/@]+|@sha256:[0-9a-f]{64})$")]
    private static partial Regex Pinned();
}
