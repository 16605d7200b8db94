using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using MlKit.Hosting;

namespace MlKit.Tests.Kubernetes;

/// <summary>Several services with accelerators of different kinds, jobs, spot nodes, and volumes that several mount.</summary>
internal static class VisionTopology
{
    public static void Compose(IDistributedApplicationBuilder builder)
    {
        var queue = builder.AddContainer("queue", "docker.io/library/nats", "2.11")
            .WithEndpoint(targetPort: 4222, name: "nats")
            .WithHttpEndpoint(targetPort: 8222, name: "monitor")
            .WithVolume("queue-data", "/data")
            .WithDurableVolume("5Gi");
        var detector = builder.AddContainer("detector", "acme/detector", "2.0")
            .WithHttpEndpoint(targetPort: 8000, name: "http")
            .WithHttpEndpoint(targetPort: 8001, name: "grpc")
            .WithHttpHealthCheck("/v2/health/ready")
            .WithEnvironment("QUEUE", queue.GetEndpoint("nats"))
            .WithVolume("frames", "/frames")
            .WithGpu(1, gpu => gpu.Product = "NVIDIA-A100-SXM4-80GB")
            .WithModelCache("20Gi")
            .WithAutoscaling(min: 2, max: 3, queueDepth: 8, scaleDown: new ScalePolicy(Pods: 1, PeriodSeconds: 300, WindowSeconds: 600))
            .WithMonitoring(slo => slo.Latency = TimeSpan.FromMilliseconds(80))
            .AllowCallersFrom("batch", new() { ["app"] = "scoring" })
            .WithMutualTls()
            .WaitFor(queue);
        builder.AddContainer("thumbnails", "acme/thumbnails", "2.0")
            .WithReference(detector.GetEndpoint("http"))
            .WithVolume("frames", "/frames", isReadOnly: true)
            .WithSpot()
            .WithSpread("kubernetes.io/hostname")
            .WithResources("500m", "1Gi");
        builder.AddContainer("tagger", "acme/tagger", "2.0")
            .WithHttpEndpoint(targetPort: 8000)
            .WithGpu(2, gpu => gpu.MigProfile = "1g.10gb")
            .WithScaleToZero("sum(rate(frames_total[2m]))")
            .WithAutoscaling(min: 1, max: 2);
        builder.AddContainer("retrain", "acme/retrain", "2.0")
            .WithVolume("frames", "/frames", isReadOnly: true)
            .AsTrainingJob(schedule: "0 2 * * 0", retries: 4, deadline: TimeSpan.FromHours(12), gpus: 1)
            .WithSpot()
            .WithMonitoring();
    }
}
