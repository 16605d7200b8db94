using System.Text.Json.Nodes;
using Aspire.Hosting.Kubernetes.Checking;
using MlKit.Tests;
using MlKit.Tests.Kubernetes;

namespace MlKit.Hosting.Tests.Kubernetes;

/// <summary>The checker finds what is wrong, wherever it is, and nothing in what is right.</summary>
public sealed class CheckerTests
{
    private static readonly string Manifests = Path.Combine(Repository.Root, "deploy", "manifests");

    [Fact]
    public void Nothing_is_found_in_the_published_manifests() => Assert.Empty(ManifestCheck.CheckFolder(Manifests));

    [Fact]
    public void The_product_carries_155_schemas()
    {
        using var schemas = new SchemaLibrary();
        Assert.Equal(155, schemas.Count);
    }

    [Fact]
    public async Task Every_change_at_every_typed_place_of_every_published_object_is_found_with_its_path_and_reason()
    {
        using var vision = await PublishedChart.CreateAsync(VisionTopology.Compose, "--output-format", "manifests");
        using var schemas = new SchemaLibrary();
        var objects = new[] { Manifests, vision.Folder }
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.yaml", SearchOption.AllDirectories))
            .SelectMany(file => YamlDocuments.Parse(File.ReadAllText(file)));
        var count = 0;
        foreach (var item in objects)
        {
            var (apiVersion, kind) = ((string)item["apiVersion"]!, (string)item["kind"]!);
            var schema = schemas.Find(apiVersion, kind)!;
            foreach (var (what, path, change) in TypedPlaces.Of(TypedPlaces.SchemaOf(apiVersion, kind), item).Where(change => change.Path is not ("apiVersion" or "kind")))
            {
                var copy = item.DeepClone().AsObject();
                change(copy);
                var found = schema.Check(copy).Where(violation => violation.Path.StartsWith(path, StringComparison.Ordinal) && violation.Message.Length > 0);
                Assert.True(found.Any(), $"{kind}: {what} at {path} was not found");
                count++;
            }
        }

        Assert.True(count > 3000, $"only {count} places were changed");
    }

    [Theory]
    [InlineData("dangling-service", "Service", "spec.selector.app", "nobody")]
    [InlineData("service-port", "Service", "spec.ports.0.targetPort", "nowhere")]
    [InlineData("dangling-hpa", "HorizontalPodAutoscaler", "spec.scaleTargetRef.name", "nobody")]
    [InlineData("hpa-range", "HorizontalPodAutoscaler", "spec.minReplicas", 9)]
    [InlineData("hpa-replicas", "Deployment", "spec.replicas", 3)]
    [InlineData("dangling-pdb", "PodDisruptionBudget", "spec.selector.matchLabels.app", "nobody")]
    [InlineData("pdb-drain", "PodDisruptionBudget", "spec.maxUnavailable", 0)]
    [InlineData("dangling-networkpolicy", "NetworkPolicy", "spec.podSelector.matchLabels.app", "nobody")]
    [InlineData("selector-mismatch", "Deployment", "spec.selector.matchLabels.app", "other")]
    [InlineData("missing-secret", "Deployment", "spec.template.spec.containers.0.envFrom.0.secretRef.name", "nowhere")]
    [InlineData("missing-configmap", "Deployment", "spec.template.spec.containers.0.envFrom.1.configMapRef.name", "nowhere")]
    [InlineData("missing-serviceaccount", "Deployment", "spec.template.spec.serviceAccountName", "nobody")]
    [InlineData("missing-persistentvolumeclaim", "Deployment", "spec.template.spec.volumes.0.persistentVolumeClaim.claimName", "nowhere")]
    [InlineData("volume-missing", "Deployment", "spec.template.spec.containers.0.volumeMounts.0.name", "nowhere")]
    [InlineData("probe-port", "Deployment", "spec.template.spec.containers.0.readinessProbe.httpGet.port", "nowhere")]
    [InlineData("requests-above-limits", "Deployment", "spec.template.spec.containers.0.resources.requests.cpu", "2")]
    [InlineData("extended-resource", "Deployment", "spec.template.spec.containers.0.resources.limits.nvidia~com/gpu", "0.5")]
    [InlineData("grace-period", "Deployment", "spec.template.spec.containers.0.lifecycle.preStop.sleep.seconds", 40)]
    [InlineData("dangling-route", "Ingress", "spec.rules.0.http.paths.0.backend.service.name", "nobody")]
    public void A_fault_between_objects_is_found_with_its_rule(string rule, string kind, string path, object value)
    {
        var objects = YamlDocuments.Parse(File.ReadAllText(Path.Combine(Repository.Root, "tests", "MlKit.Hosting.Tests", "Kubernetes", "web.yaml")));
        Assert.Empty(Check(objects));

        Change(objects.First(item => (string?)item["kind"] == kind), path, JsonValue.Create(value)!);

        Assert.Contains(Check(objects), problem => problem.Rule == rule && problem.Object.StartsWith(kind, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("name: a, port: 1}, {name: a, port: 2", "spec.ports[1].name", "earlier port")]
    [InlineData("name: a, port: 1}, {port: 2", "spec.ports[1].name", "several ports")]
    public void Ports_of_a_service_have_names_of_their_own(string ports, string path, string part)
    {
        var text = $"apiVersion: v1\nkind: Service\nmetadata: {{name: web}}\nspec: {{ports: [{{{ports}}}]}}";

        var problem = Assert.Single(ManifestCheck.Check([("a.yaml", text)]), candidate => candidate.Rule == "port-name");

        Assert.Equal(path, problem.Path);
        Assert.Contains(part, problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("apiVersion: v1\nkind: Pood\nmetadata: {name: a}", "schema", "Pood")]
    [InlineData("apiVersion: apps/v2\nkind: Deployment\nmetadata: {name: a}", "schema", "apps/v1")]
    [InlineData("kind: ConfigMap\nmetadata: {name: a}", "schema", "required")]
    [InlineData("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {a: yes}", "schema", "true")]
    [InlineData("apiVersion: v1\nkind: ConfigMap\nkind: ConfigMap\nmetadata: {name: a}", "yaml", "uplicate")]
    [InlineData("a: [", "yaml", "line")]
    [InlineData("a: &x [*x]", "yaml", "levels")]
    [InlineData("- a", "schema", "object")]
    public void A_document_that_is_no_object_of_the_api_is_found(string text, string rule, string part)
    {
        var problem = ManifestCheck.Check([("a.yaml", text)]).First(candidate => candidate.IsError);

        Assert.Equal(rule, problem.Rule);
        Assert.Contains(part, problem.Message, StringComparison.Ordinal);
        Assert.Equal("a.yaml", problem.File);
    }

    [Fact]
    public void Random_bytes_are_a_problem_and_never_a_crash()
    {
        var random = new Random(17);
        const string alphabet = "abk:- \n{}[]\"'#&*!|>%@`,?~0123456789.\tapiVersion kind metadata";
        for (var round = 0; round < 20_000; round++)
        {
            var text = new string([.. Enumerable.Range(0, random.Next(60)).Select(_ => alphabet[random.Next(alphabet.Length)])]);
            _ = ManifestCheck.Parse([("a.yaml", text)]);
        }
    }

    private static IReadOnlyList<Problem> Check(List<JsonObject> objects) =>
        ManifestCheck.Check([.. objects.Select(item => new ManifestObject("web.yaml", item))]);

    private static void Change(JsonNode node, string path, JsonNode value)
    {
        var parts = path.Split('.').Select(part => part.Replace('~', '.')).ToArray();
        foreach (var part in parts[..^1])
        {
            node = node is JsonArray list ? list[int.Parse(part, System.Globalization.CultureInfo.InvariantCulture)]! : node[part]!;
        }

        node[parts[^1]] = value;
    }
}
