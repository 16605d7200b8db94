using Aspire.Hosting;
using MlKit.Tests.Kubernetes;

namespace MlKit.Tests.Cluster;

/// <summary>What is published is taken, comes up, scales, is upgraded and is removed by a real control plane.</summary>
[Collection(ControlPlane.Collection)]
public sealed class AcceptanceTests(ControlPlane cluster)
{
    private static readonly string Chart = Path.Combine(Repository.Root, "deploy", "chart");
    private static readonly string Manifests = Path.Combine(Repository.Root, "deploy", "manifests");

    [Fact]
    public Task The_published_chart_is_taken_with_default_values() => cluster.AcceptAsync(Chart);

    [Fact]
    public Task The_published_chart_is_taken_by_one_node_without_gpu_and_bucket() =>
        cluster.AcceptAsync(Chart, "--values", Path.Combine(Chart, "values-dev.yaml"), "--skip", "second");

    [Fact]
    public Task The_published_chart_is_taken_with_slices_of_a_gpu() =>
        cluster.AcceptAsync(Chart, "--values", Path.Combine(Chart, "values-mig.yaml"), "--skip", "second");

    [Fact]
    public Task The_published_chart_is_taken_with_monitoring_custom_metrics_and_a_public_host() => cluster.AcceptAsync(
        Chart,
        "--set", "monitoring.enabled=true",
        "--set", "scorer.autoscaling.customMetrics=true,recommendations.autoscaling.customMetrics=true",
        "--set", "recommendations.ingress.enabled=true,recommendations.ingress.host=r.example.com",
        "--skip", "second,upgrade");

    [Fact]
    public Task The_published_manifests_are_taken() => cluster.AcceptAsync(Manifests);

    [Fact]
    public async Task The_linters_find_nothing_in_chart_and_manifests()
    {
        await cluster.LintAsync(Chart);
        await cluster.LintAsync(Chart, "--values", Path.Combine(Chart, "values-dev.yaml"));
        await cluster.LintAsync(Manifests);
    }

    [Fact]
    public Task A_shop_with_databases_and_given_secrets_is_taken() =>
        TakesAsync(ShopTopology.Compose, "--set", "secrets.paymentToken=t0ken,checkout.ingress.tlsSecret=");

    [Fact]
    public Task Services_on_accelerators_with_jobs_and_shared_volumes_are_taken() => TakesAsync(VisionTopology.Compose);

    [Fact]
    public Task Plain_containers_with_awkward_names_and_settings_are_taken() => TakesAsync(PlainTopology.Compose);

    [Theory]
    [InlineData("ports")]
    [InlineData("jobs")]
    [InlineData("ingresses")]
    [InlineData("tracking-embedded")]
    [InlineData("settings", "--set", "parameters.given=x")]
    public Task Other_topologies_are_taken(string name, params string[] options) => TakesAsync(OtherTopologies.All[name], options);

    [Fact]
    public async Task Plain_manifests_of_another_topology_are_taken()
    {
        using var published = await PublishedChart.CreateAsync(VisionTopology.Compose, "--output-format", "manifests");
        await cluster.AcceptAsync(published.Folder);
    }

    private async Task TakesAsync(Action<IDistributedApplicationBuilder> compose, params string[] options)
    {
        using var published = await PublishedChart.CreateAsync(compose);
        await cluster.AcceptAsync(published.Folder, [.. options, "--skip", "second"]);
    }
}
