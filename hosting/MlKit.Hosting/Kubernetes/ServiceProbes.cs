using Aspire.Hosting.Kubernetes;
using Aspire.Hosting.Kubernetes.Resources;

namespace MlKit.Hosting.Kubernetes;

/// <summary>
/// Probes of the kit's services. They start and live by <c>/alive</c>, which asks nobody else, and are ready by
/// <c>/health</c>: a scorer without a model waits for it, however long training takes, without being restarted.
/// </summary>
internal static class ServiceProbes
{
    private const string Port = "http";

    public static void Apply(KubernetesResource objects)
    {
        var container = objects.Workload!.PodTemplate.Spec.Containers[0];
        if (!container.Ports.Exists(port => port.Name == Port))
        {
            return;
        }

        container.StartupProbe = Get("/alive", period: 2, failures: 60);
        container.ReadinessProbe = Get("/health", period: 5, failures: 3);
        container.LivenessProbe = Get("/alive", period: 10, failures: 3);
    }

    private static ProbeV1 Get(string path, int period, int failures) => new()
    {
        HttpGet = new HttpGetActionV1 { Path = path, Port = Port, Scheme = "HTTP" },
        PeriodSeconds = period,
        TimeoutSeconds = 3,
        FailureThreshold = failures,
    };
}
