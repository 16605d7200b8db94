using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Kubernetes.Publishing;
using Aspire.Hosting.Kubernetes.Resources;

namespace Aspire.Hosting.Kubernetes.Standards;

/// <summary>
/// Probes out of the probes and HTTP health checks of a resource. Where neither is given, an open port counts as ready.
/// Liveness asks for the port at most: a restart does not mend a dependency.
/// </summary>
internal static class ProbeStandards
{
    private const string HealthCheckSuffix = "_check";

    public static void Apply(IResource resource, IReadOnlyList<PublishedEndpoint> endpoints, ContainerV1 container)
    {
        if (endpoints.Count == 0)
        {
            return;
        }

        foreach (var probe in resource.Annotations.OfType<EndpointProbeAnnotation>())
        {
            var endpoint = endpoints.FirstOrDefault(candidate => Matches(candidate, probe.EndpointReference.EndpointName))
                ?? endpoints.FirstOrDefault(candidate => candidate.IsHttp)
                ?? endpoints[0];
            Set(container, probe, endpoint);
        }

        if (resource is PostgresServerResource)
        {
            container.ReadinessProbe ??= Command("pg_isready -q -h 127.0.0.1 -U \"$POSTGRES_USER\" -d postgres", period: 5);
            container.LivenessProbe ??= Tcp(endpoints[0], period: 20);
        }
        else if (HealthCheck(resource, endpoints) is { } check)
        {
            // Five minutes to come up; afterwards the two others decide.
            container.StartupProbe ??= Http(check.Endpoint, check.Path, period: 5, failures: 60);
            container.ReadinessProbe ??= Http(check.Endpoint, check.Path, period: 5, failures: 3);
            container.LivenessProbe ??= Tcp(check.Endpoint, period: 20);
        }
        else if (endpoints.FirstOrDefault(endpoint => endpoint.Protocol == "TCP") is { } open)
        {
            // An open port is all that is known; a process that ended is restarted without being asked.
            container.ReadinessProbe ??= Tcp(open, period: 5);
        }
    }

    private static void Set(ContainerV1 container, EndpointProbeAnnotation annotation, PublishedEndpoint endpoint)
    {
        var probe = Http(endpoint, annotation.Path, annotation.PeriodSeconds, annotation.FailureThreshold);
        probe.InitialDelaySeconds = annotation.InitialDelaySeconds;
        probe.TimeoutSeconds = annotation.TimeoutSeconds;
        switch (annotation.Type)
        {
            case ProbeType.Startup:
                container.StartupProbe = probe;
                break;
            case ProbeType.Readiness:
                probe.SuccessThreshold = annotation.SuccessThreshold;
                container.ReadinessProbe = probe;
                break;
            default:
                container.LivenessProbe = probe;
                break;
        }
    }

    private static bool Matches(PublishedEndpoint endpoint, string name) =>
        string.Equals(endpoint.Annotation.Name, name, StringComparison.OrdinalIgnoreCase);

    // The key of an HTTP health check is RESOURCE_ENDPOINT_PATH_STATUS_check.
    private static Check? HealthCheck(IResource resource, IReadOnlyList<PublishedEndpoint> endpoints)
    {
        foreach (var key in resource.Annotations.OfType<HealthCheckAnnotation>().Select(annotation => annotation.Key))
        {
            foreach (var name in resource.Annotations.OfType<EndpointAnnotation>().Select(endpoint => endpoint.Name))
            {
                var prefix = $"{resource.Name}_{name}_";
                if (!key.StartsWith(prefix, StringComparison.Ordinal) || !key.EndsWith(HealthCheckSuffix, StringComparison.Ordinal))
                {
                    continue;
                }

                var rest = key[prefix.Length..^HealthCheckSuffix.Length];
                var status = rest.LastIndexOf('_');
                var endpoint = endpoints.FirstOrDefault(candidate => Matches(candidate, name))
                    ?? endpoints.FirstOrDefault(candidate => candidate.IsHttp);
                if (status >= 0 && endpoint is not null)
                {
                    var path = rest[..status];
                    return new Check(endpoint, path.StartsWith('/') ? path : $"/{path}");
                }
            }
        }

        return null;
    }

    private static ProbeV1 Http(PublishedEndpoint endpoint, string path, int period, int failures) => new()
    {
        HttpGet = new HttpGetActionV1
        {
            Path = path,
            Port = endpoint.PortName,
            Scheme = endpoint.Annotation.UriScheme == "https" ? "HTTPS" : "HTTP",
        },
        PeriodSeconds = period,
        TimeoutSeconds = 3,
        FailureThreshold = failures,
    };

    private static ProbeV1 Command(string script, int period) => new()
    {
        Exec = new ExecActionV1 { Command = { "sh", "-c", script } },
        PeriodSeconds = period,
        TimeoutSeconds = 3,
        FailureThreshold = 3,
    };

    private static ProbeV1 Tcp(PublishedEndpoint endpoint, int period) => new()
    {
        TcpSocket = new TcpSocketActionV1 { Port = endpoint.TargetPort },
        PeriodSeconds = period,
        TimeoutSeconds = 3,
        FailureThreshold = 3,
    };

    private sealed record Check(PublishedEndpoint Endpoint, string Path);
}
