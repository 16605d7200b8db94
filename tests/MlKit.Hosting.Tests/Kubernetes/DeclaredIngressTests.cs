using System.Text.Json.Nodes;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Kubernetes;
using MlKit.Tests.Kubernetes;

namespace MlKit.Hosting.Tests.Kubernetes;

/// <summary>What <c>AddIngress</c> publishes.</summary>
public sealed class DeclaredIngressTests
{
    [Fact]
    public async Task Paths_without_a_host_belong_to_every_host_and_the_others_to_theirs()
    {
        var spec = Find(await RenderAsync(), "Ingress", "front")["spec"]!;

        Assert.Equal(
            ["shop.example.com /api Prefix api", "www.example.com /api Prefix api", "status.example.com /healthz Exact api"],
            spec["rules"]!.AsArray().SelectMany(rule => rule!["http"]!["paths"]!.AsArray().Select(path =>
                $"{rule["host"]} {path!["path"]} {path["pathType"]} {Behind(path["backend"]!)}")));
        Assert.Equal("site", Behind(spec["defaultBackend"]!));
        Assert.Equal("nginx", (string?)spec["ingressClassName"]);
        Assert.Equal(
            """[{"secretName":"front-tls","hosts":["shop.example.com","www.example.com","status.example.com"]}]""",
            spec["tls"]!.ToJsonString());
    }

    [Fact]
    public async Task The_installation_gives_host_class_and_annotations_and_may_leave_an_ingress_out()
    {
        var objects = await RenderAsync(
            "--set", "parameters.publicHost=my.example.org", "--set", "front.ingress.className=traefik",
            "--set", "front.ingress.annotations.team=a", "--set", "bare.ingress.enabled=false");
        var ingress = Find(objects, "Ingress", "front");

        Assert.Equal("my.example.org", (string?)ingress["spec"]!["rules"]![0]!["host"]);
        Assert.Equal("traefik", (string?)ingress["spec"]!["ingressClassName"]);
        Assert.Equal("a", (string?)ingress["metadata"]!["annotations"]!["team"]);
        Assert.Equal("{{ 8m }}", (string?)ingress["metadata"]!["annotations"]!["nginx.ingress.kubernetes.io/proxy-body-size"]);
        Assert.DoesNotContain(objects, item => (string?)item["kind"] == "Ingress" && Name(item) == "rel-shop-bare");
    }

    [Fact]
    public async Task An_endpoint_behind_an_ingress_is_open_to_it_and_has_no_other_ingress()
    {
        var objects = await RenderAsync("--set", "admin.ingress.enabled=true", "--set", "admin.ingress.host=admin.example.com");

        Assert.Contains(
            Find(objects, "NetworkPolicy", "api")["spec"]!["ingress"]!.AsArray(),
            rule => rule!["from"] is null && (int)rule["ports"]![0]!["port"]! == 8080);
        Assert.Equal(
            ["rel-shop-admin", "rel-shop-bare", "rel-shop-front"],
            objects.Where(item => (string?)item["kind"] == "Ingress").Select(Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_ingress_that_leads_nowhere_is_refused_by_name()
    {
        var error = await Assert.ThrowsAsync<DistributedApplicationException>(
            () => PublishedChart.CreateAsync(builder => Cluster(builder).AddIngress("front").WithHostname("a.example.com")));

        Assert.Contains("'front' leads nowhere", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secret_as_host_is_refused()
    {
        var error = await Assert.ThrowsAsync<DistributedApplicationException>(() => PublishedChart.CreateAsync(builder =>
        {
            var web = builder.AddContainer("web", "acme/web", "1").WithHttpEndpoint(targetPort: 80);
            Cluster(builder).AddIngress("front").WithHostname(builder.AddParameter("host", secret: true)).WithPath("/", web.GetEndpoint("http"));
        }));

        Assert.Contains("'front', WithHostname", error.Message, StringComparison.Ordinal);
    }

    private static async Task<List<JsonObject>> RenderAsync(params string[] arguments)
    {
        using var chart = await PublishedChart.CreateAsync(OtherTopologies.All["ingresses"]);
        return await Helm.TemplateAsync(chart.Folder, arguments);
    }

    private static IResourceBuilder<KubernetesEnvironmentResource> Cluster(IDistributedApplicationBuilder builder) =>
        builder.CreateResourceBuilder(builder.Resources.OfType<KubernetesEnvironmentResource>().Single());

    private static string Behind(JsonNode backend) => ((string)backend["service"]!["name"]!)["rel-shop-".Length..];

    private static JsonObject Find(List<JsonObject> objects, string kind, string name) =>
        Assert.Single(objects, item => (string?)item["kind"] == kind && Name(item) == $"rel-shop-{name}");

    private static string Name(JsonObject item) => (string)item["metadata"]!["name"]!;
}
