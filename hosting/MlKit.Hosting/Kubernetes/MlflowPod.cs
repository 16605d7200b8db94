using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Kubernetes;
using Aspire.Hosting.Kubernetes.Resources;

namespace MlKit.Hosting.Kubernetes;

/// <summary>
/// What MLflow's own image needs: a home that can be written, room for its workers, and probes whose Host header is on
/// its list of allowed hosts.
/// </summary>
internal static class MlflowPod
{
    private const string Port = "http";

    public static void Apply(IResource resource, KubernetesResource objects)
    {
        var container = objects.Workload!.PodTemplate.Spec.Containers[0];
        if (!container.Env.Exists(variable => variable.Name == "HOME"))
        {
            container.Env.Add(new EnvVarV1 { Name = "HOME", Value = "/tmp" });
        }

        // The server reads the bucket's keys from the environment only.
        container.EnvFrom.Add(new EnvFromSourceV1
        {
            SecretRef = new() { Name = StorageMapping.SecretName(resource, objects), Optional = true },
        });
        container.StartupProbe = Get(period: 5, failures: 60);
        container.ReadinessProbe = Get(period: 5, failures: 3);
        container.LivenessProbe = new ProbeV1
        {
            TcpSocket = new TcpSocketActionV1 { Port = container.Ports.First(port => port.Name == Port).ContainerPort!.Number!.Value },
            PeriodSeconds = 20,
            TimeoutSeconds = 5,
            FailureThreshold = 3,
        };
        container.Resources ??= new ResourceRequirementsV1
        {
            Requests = { ["cpu"] = "200m", ["memory"] = "1Gi" },
            Limits = { ["cpu"] = "2", ["memory"] = "2Gi" },
        };
        MigrationJob.Apply(objects);
    }

    private static ProbeV1 Get(int period, int failures) => new()
    {
        HttpGet = new HttpGetActionV1
        {
            Path = "/health",
            Port = Port,
            Scheme = "HTTP",
            HttpHeaders = { new HttpHeaderV1 { Name = "Host", Value = "localhost" } },
        },
        PeriodSeconds = period,
        TimeoutSeconds = 5,
        FailureThreshold = failures,
    };
}
