using Aspire.Hosting.Kubernetes;
using Aspire.Hosting.Kubernetes.Resources;

namespace MlKit.Hosting.Kubernetes;

/// <summary>Probes of the Redis image: ready once its data are loaded and a client with the password gets an answer.</summary>
internal static class RedisPod
{
    private const string Ping = "REDISCLI_AUTH=\"$REDIS_PASSWORD\" redis-cli ping | grep -q PONG";

    public static void Apply(KubernetesResource objects)
    {
        var container = objects.Workload!.PodTemplate.Spec.Containers[0];
        container.StartupProbe = Command(failures: 60);
        container.ReadinessProbe = Command(failures: 3);
        container.LivenessProbe = new ProbeV1
        {
            TcpSocket = new TcpSocketActionV1 { Port = container.Ports[0].ContainerPort!.Number!.Value },
            PeriodSeconds = 20,
            TimeoutSeconds = 3,
            FailureThreshold = 3,
        };
    }

    private static ProbeV1 Command(int failures) => new()
    {
        Exec = new ExecActionV1 { Command = { "sh", "-c", Ping } },
        PeriodSeconds = 5,
        TimeoutSeconds = 3,
        FailureThreshold = failures,
    };
}
