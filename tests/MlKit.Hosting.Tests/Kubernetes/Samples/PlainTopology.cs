using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Kubernetes.Resources;
using MlKit.Hosting;

namespace MlKit.Tests.Kubernetes;

/// <summary>Plain containers only: names with capitals, settings that need quoting, no endpoints, callbacks, identities.</summary>
internal static class PlainTopology
{
    public static void Compose(IDistributedApplicationBuilder builder)
    {
        var backend = builder.AddContainer("Back-End", "acme/backend", "1.4.2")
            .WithHttpEndpoint(port: 80, targetPort: 3000, name: "web")
            .WithEndpoint(targetPort: 9999, name: "Admin-Console-Of-The-Backend")
            .WithEnvironment("GREETING", "it's {{ braces }}, 100 % \"quoted\": yes")
            .WithEnvironment("ENABLED", "yes")
            .WithEnvironment("PORT_MAP", "0x1F:0644")
            .WithHttpHealthCheck("/ready", endpointName: "web")
            .WithDurableVolume("2Gi", access: VolumeAccess.ReadWriteOncePod, path: "/var/lib/back end")
            .WithWorkloadIdentity(WorkloadIdentityProvider.Amazon, "arn:aws:iam::123456789012:role/backend");
        builder.AddContainer("front", "registry.example.com:5000/acme/front", "sha-1234")
            .WithImageSHA256(new string('a', 64))
            .WithHttpEndpoint(targetPort: 8080)
            .WithExternalHttpEndpoints()
            .WithReference(backend.GetEndpoint("web"))
            .WithArgs("--backend", backend.GetEndpoint("web"), "--mode", "$(MODE)")
            .WaitFor(backend)
            .PublishAsKubernetesService(objects =>
            {
                objects.Workload!.PodTemplate.Spec.PriorityClassName = null;
                objects.AdditionalResources.Add(new ConfigMap { Metadata = { Name = "extra-settings" }, Data = { ["a.b"] = "1" } });
            });
        builder.AddContainer("worker", "acme/worker", "1.4.2");
    }
}
