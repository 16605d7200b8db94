using Aspire.Hosting;
using MlKit.Tests.Kubernetes;

namespace MlKit.Tests.Cluster;

/// <summary>Objects of operators and of younger APIs, which are off by default, are taken by the API server with their definitions installed.</summary>
[Collection(ControlPlane.Collection)]
public sealed class OperatorTests(ControlPlane cluster)
{
    private const string Namespace = "operators";

    [Fact]
    public async Task Every_optional_object_is_taken_strictly()
    {
        await cluster.DefineAsync("ExternalSecret.external-secrets.io,HTTPRoute.gateway.networking.k8s.io,ScaledObject.keda.sh,PeerAuthentication.security.istio.io,monitoring.coreos.com");
        await cluster.KubectlAsync("create", "namespace", Namespace);

        await TakesAsync(OtherTopologies.All["identities"], ["ExternalSecret", "HTTPRoute", "PeerAuthentication"],
            "--set", "vaulted.externalSecret.enabled=true,robot.gateway.enabled=true,mesh.enabled=true");
        await TakesAsync(OtherTopologies.All["claims"], ["ResourceClaimTemplate"]);
        await TakesAsync(VisionTopology.Compose, ["ScaledObject", "PeerAuthentication", "ServiceMonitor", "PrometheusRule"],
            "--set", "tagger.autoscaling.scaleToZero=true,mesh.enabled=true,monitoring.enabled=true");
    }

    private async Task TakesAsync(Action<IDistributedApplicationBuilder> compose, string[] kinds, params string[] values)
    {
        using var chart = await PublishedChart.CreateAsync(compose);
        var rendered = Path.Combine(chart.Folder, "rendered.yaml");
        await File.WriteAllTextAsync(
            rendered,
            await cluster.HelmAsync(["template", "rel", chart.Folder, "--namespace", Namespace, "--skip-tests", .. values]),
            TestContext.Current.CancellationToken);

        var said = await cluster.KubectlAsync(
            "apply", "--namespace", Namespace, "--server-side", "--dry-run=server", "--validate=strict", "--filename", rendered);

        Assert.All(kinds, kind => Assert.Contains(kind.ToLowerInvariant(), said, StringComparison.Ordinal));
        Assert.DoesNotContain("Warning", said, StringComparison.Ordinal);
    }
}
