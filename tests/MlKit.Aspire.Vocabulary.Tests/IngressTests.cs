using Aspire.Hosting.Kubernetes;

namespace MlKit.Aspire.Vocabulary;

/// <summary>Ingresses that the AppHost declares, read from what is published.</summary>
public sealed class IngressTests
{
    [Fact]
    public void AddIngress_is_in_the_model_when_published_only()
    {
        using var published = Model.Publish();
        var environment = published.Builder.AddKubernetesEnvironment("k8s");
        Assert.Same(environment.Resource, environment.AddIngress("front").Resource.Parent);
        using var running = Model.Run();
        running.Builder.AddKubernetesEnvironment("k8s").AddIngress("front");
        Assert.Empty(running.Builder.Resources);
    }

    [Fact]
    public async Task WithPath_leads_a_path_to_a_service()
    {
        var ingress = await PublishAsync((front, web) => front.WithPath("/web", web).WithPath("a.example.com", "/one", web, IngressPathType.Exact));
        Assert.Contains("path: /web", ingress, StringComparison.Ordinal);
        Assert.Contains("pathType: Prefix", ingress, StringComparison.Ordinal);
        Assert.Contains("host: a.example.com", ingress, StringComparison.Ordinal);
        Assert.Contains("pathType: Exact", ingress, StringComparison.Ordinal);
        using var model = Model.Publish();
        var front = model.Builder.AddKubernetesEnvironment("k8s").AddIngress("front");
        Assert.Throws<ArgumentException>(() => front.WithPath("web", model.Container().WithHttpEndpoint(targetPort: 80).GetEndpoint("http")));
    }

    [Fact]
    public async Task WithDefaultBackend_takes_what_no_path_takes() =>
        Assert.Contains("defaultBackend:", await PublishAsync((front, web) => front.WithDefaultBackend(web)), StringComparison.Ordinal);

    [Fact]
    public async Task WithHostname_is_the_host_of_paths_without_one() =>
        Assert.Contains("host: b.example.com", await PublishAsync((front, web) => front.WithHostname("b.example.com").WithPath("/", web)), StringComparison.Ordinal);

    [Fact]
    public async Task WithIngressClass_chooses_the_controller() =>
        Assert.Contains("traefik", await PublishAsync((front, web) => front.WithIngressClass("traefik").WithPath("/", web)), StringComparison.Ordinal);

    [Fact]
    public async Task WithIngressAnnotation_is_an_annotation_of_the_object() =>
        Assert.Contains("example.com/limit: \"8\"", await PublishAsync((front, web) => front.WithIngressAnnotation("example.com/limit", "8").WithPath("/", web)), StringComparison.Ordinal);

    [Fact]
    public async Task WithTls_names_the_secret_or_has_one_after_the_ingress()
    {
        Assert.Contains("secretName: mine", await PublishAsync((front, web) => front.WithTls("mine").WithPath("/", web)), StringComparison.Ordinal);
        Assert.Contains("secretName: front-tls", await PublishAsync((front, web) => front.WithTls().WithPath("/", web)), StringComparison.Ordinal);
    }

    private static async Task<string> PublishAsync(Action<IResourceBuilder<KubernetesIngressResource>, EndpointReference> declare)
    {
        using var model = Model.Publish();
        var web = model.Container("web").WithHttpEndpoint(targetPort: 80);
        declare(model.Builder.AddKubernetesEnvironment("k8s").AddIngress("front"), web.GetEndpoint("http"));
        model.Builder.Configuration["Pipeline:OutputPath"] = Path.Combine(model.Folder, "chart");
        await using (var app = model.Builder.Build())
        {
            await app.RunAsync(TestContext.Current.CancellationToken);
        }

        return Directory.EnumerateFiles(model.Folder, "*.yaml", SearchOption.AllDirectories).Select(File.ReadAllText)
            .Single(text => text.Contains("kind: Ingress\n", StringComparison.Ordinal));
    }
}
