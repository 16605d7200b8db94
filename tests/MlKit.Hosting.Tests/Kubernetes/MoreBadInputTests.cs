using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace MlKit.Hosting.Tests.Kubernetes;

/// <summary>Every refused argument names the resource, the call, the value and what is allowed.</summary>
public sealed class MoreBadInputTests
{
    [Theory]
    [InlineData(0.5)]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    public void A_part_of_a_gpu_is_refused(double count) => Refuses(web => web.WithGpu(count), "'web'", "WithGpu(", "whole accelerators", "MigProfile");

    [Fact]
    public void Shares_of_a_gpu_come_alone_and_from_whole_nvidia_gpus()
    {
        Refuses(web => web.WithGpu(2, gpu => gpu.Sharing = GpuSharing.TimeSliced), "WithGpu(2)", "one share");
        Refuses(web => web.WithGpu(1, gpu => (gpu.Vendor, gpu.Sharing) = (GpuVendor.Amd, GpuSharing.Mps)), "Mps", "NVIDIA");
        Refuses(web => web.WithGpu(1, gpu => gpu.MinimumMemory = 0), "MinimumMemory 0", "MiB");
        Refuses(web => web.WithGpu(1, gpu => (gpu.DeviceClass, gpu.MigProfile) = ("gpu.nvidia.com", "1g.10gb")), "DeviceClass", "MigProfile");
    }

    [Theory]
    [InlineData("4x4")]
    [InlineData("2")]
    [InlineData("axb")]
    [InlineData("0x2")]
    public void A_tpu_topology_fits_on_one_host(string topology) => Refuses(web => web.WithTpu(topology), "'web'", $"WithTpu(\"{topology}\")", "1 to 8 chips");

    [Theory]
    [InlineData("0")]
    [InlineData("100%")]
    [InlineData("-1")]
    [InlineData("half")]
    public void A_budget_lets_nodes_be_drained(string budget) => Refuses(web => web.WithDisruptionBudget(budget), "'web'", $"\"{budget}\"", "1 to 1000");

    [Theory]
    [InlineData(0)]
    [InlineData(-3)]
    [InlineData(double.PositiveInfinity)]
    public void Targets_of_autoscalers_are_above_zero(double value)
    {
        Refuses(web => web.WithAutoscaling(1, 2, requestsPerSecond: value), "requestsPerSecond", "above 0");
        Refuses(web => web.WithAutoscaling(1, 2, queueDepth: value), "queueDepth", "above 0");
        Refuses(web => web.WithScaleToZero("q", value), "threshold", "above 0");
    }

    [Fact]
    public void Scaling_policies_have_ranges()
    {
        Refuses(web => web.WithAutoscaling(1, 2, scaleUp: new ScalePolicy()), "scaleUp", "1 to 1800");
        Refuses(web => web.WithAutoscaling(1, 2, scaleDown: new ScalePolicy(Pods: 1, WindowSeconds: 3601)), "scaleDown", "3600");
        Refuses(web => web.WithScaleToZero(" "), "query", "Prometheus");
        Refuses(web => web.WithScaleToZero("q", cooldown: TimeSpan.FromDays(2)), "cooldown", "1 day");
    }

    [Theory]
    [InlineData("20 GB")]
    [InlineData("0Gi")]
    [InlineData("-1Gi")]
    public void A_volume_has_a_size(string size)
    {
        Refuses(web => web.WithDurableVolume(size), $"\"{size}\"", "20Gi");
        Refuses(web => web.WithModelCache(size), $"\"{size}\"", "20Gi");
    }

    [Fact]
    public void Paths_are_absolute_and_classes_are_names()
    {
        Refuses(web => web.WithDurableVolume("1Gi", path: "data"), "\"data\"", "absolute");
        Refuses(web => web.WithModelCache("1Gi", "/"), "\"/\"", "absolute");
        Refuses(web => web.WithDurableVolume("1Gi", "Fast Disk"), "\"Fast Disk\"", "storage class");
        Refuses(web => web.WithSpread("no label!"), "\"no label!\"", "topology.kubernetes.io/zone");
        Refuses(web => web.WithSpread(maxSkew: 0), "maxSkew: 0", "1 to 100");
    }

    [Theory]
    [InlineData("")]
    [InlineData("Api.Example.com")]
    [InlineData("http://api.example.com")]
    [InlineData("a..b")]
    public void A_public_host_is_a_host_name(string host) => Refuses(web => web.WithPublicHost(host), "'web'", $"\"{host}\"", "api.example.com");

    [Fact]
    public void Names_of_other_objects_are_names()
    {
        Refuses(web => web.WithPublicHost("a.b", tlsSecret: "My Secret"), "\"My Secret\"", "Secret");
        Refuses(web => web.WithPublicHost("a.b", gateway: "a/b/c"), "\"a/b/c\"", "NAMESPACE/NAME");
        Refuses(web => web.AllowCallersFrom("Other"), "\"Other\"", "namespace");
        Refuses(web => web.WithServiceAccount("Robot"), "\"Robot\"", "lower-case");
        Refuses(web => web.WithExistingSecret(""), "WithExistingSecret", "lower-case");
        Refuses(web => web.WithExternalSecret("vault", " "), "key", "needed");
    }

    [Theory]
    [InlineData(WorkloadIdentityProvider.Google, "someone@example.com")]
    [InlineData(WorkloadIdentityProvider.Amazon, "role/training")]
    [InlineData(WorkloadIdentityProvider.Azure, "training")]
    public void An_identity_has_the_form_of_its_provider(WorkloadIdentityProvider provider, string identity) =>
        Refuses(web => web.WithWorkloadIdentity(provider, identity), $"WithWorkloadIdentity({provider}, \"{identity}\")", "arn:aws:iam");

    [Fact]
    public void Promises_have_ranges()
    {
        Refuses(web => web.WithMonitoring(slo => slo.ErrorRate = 1), "ErrorRate 1", "below 1");
        Refuses(web => web.WithMonitoring(slo => slo.Latency = TimeSpan.Zero), "Latency", "1 millisecond");
        Refuses(web => web.AsTrainingJob(gpus: -1), "WithGpu(-1)", "0 to 16");
    }

    private static void Refuses(Action<IResourceBuilder<ContainerResource>> call, params string[] parts)
    {
        var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions { DisableDashboard = true });

        var error = Assert.Throws<DistributedApplicationException>(() => call(builder.AddContainer("web", "acme/web", "1")));

        Assert.All(parts, part => Assert.Contains(part, error.Message, StringComparison.Ordinal));
    }
}
