using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Kubernetes;
using Aspire.Hosting.Kubernetes.Resources;

namespace MlKit.Hosting.Kubernetes;

/// <summary>The chart's own object store: probes of different meaning, and only there where it is used.</summary>
internal static class ObjectStorePod
{
    private const string Port = "http";

    /// <summary>Maps the object store when it is published.</summary>
    public static IResourceBuilder<ContainerResource> MapObjectStore(this IResourceBuilder<ContainerResource> builder) =>
        builder.PublishAsKubernetesService(Apply);

    private static void Apply(KubernetesResource objects)
    {
        var container = objects.Workload!.PodTemplate.Spec.Containers[0];
        container.StartupProbe = Get("/minio/health/live", period: 2, failures: 60);
        container.ReadinessProbe = Get("/minio/health/ready", period: 5, failures: 3);
        container.LivenessProbe = Get("/minio/health/live", period: 20, failures: 3);
        container.Resources = new ResourceRequirementsV1
        {
            Requests = { ["cpu"] = "100m", ["memory"] = "512Mi" },
            Limits = { ["cpu"] = "1", ["memory"] = "1Gi" },
        };
        foreach (var claim in objects.Workload is StatefulSet set ? set.Spec.VolumeClaimTemplates : [])
        {
            claim.Spec.Resources.Requests["storage"] = "10Gi";
        }

        objects.Workload.OnlyWhen(ObjectStorage.WhenOwnStore);
    }

    private static ProbeV1 Get(string path, int period, int failures) => new()
    {
        HttpGet = new HttpGetActionV1 { Path = path, Port = Port, Scheme = "HTTP" },
        PeriodSeconds = period,
        TimeoutSeconds = 3,
        FailureThreshold = failures,
    };
}
