using Aspire.Hosting.Kubernetes;
using Aspire.Hosting.Kubernetes.Resources;

namespace MlKit.Hosting.Kubernetes;

/// <summary>A resource claim for accelerators (dynamic resource allocation, <c>resource.k8s.io/v1</c>).</summary>
internal static class GpuClaim
{
    private const string Name = "gpu";

    public static void Apply(GpuAnnotation gpu, KubernetesResource objects)
    {
        var pod = objects.Workload!.PodTemplate.Spec;
        var template = new CustomResource("resource.k8s.io/v1", "ResourceClaimTemplate")
        {
            Metadata = { Name = $"{objects.Workload.Metadata.Name}-{Name}" },
            Spec =
            {
                ["spec"] = new Dictionary<string, object>
                {
                    ["devices"] = new Dictionary<string, object> { ["requests"] = new object[] { Request(gpu) } },
                },
            },
        };
        objects.AdditionalResources.Add(template.Because($"WithGpu({gpu.Count}) with DeviceClass"));
        pod.ResourceClaims.Add(new PodResourceClaimV1 { Name = Name, ResourceClaimTemplateName = template.Metadata.Name });
        var container = pod.Containers[0];
        container.Resources ??= new ResourceRequirementsV1();
        container.Resources.Claims.Add(new ResourceClaimV1 { Name = Name });
    }

    private static Dictionary<string, object> Request(GpuAnnotation gpu)
    {
        var device = gpu.Options.DeviceClass!;
        var exactly = new Dictionary<string, object>(StringComparer.Ordinal) { ["deviceClassName"] = device, ["count"] = gpu.Count };
        var selectors = new List<string>();
        if (gpu.Options.MinimumMemory is { } memory)
        {
            selectors.Add($"device.capacity[\"{device}\"].memory.compareTo(quantity(\"{memory}Mi\")) >= 0");
        }

        if (gpu.Options.Product is { } product)
        {
            selectors.Add($"device.attributes[\"{device}\"].productName == \"{product}\"");
        }

        if (selectors.Count > 0)
        {
            exactly["selectors"] = selectors.Select(expression => (object)new Dictionary<string, object>
            {
                ["cel"] = new Dictionary<string, object> { ["expression"] = expression },
            }).ToArray();
        }

        return new(StringComparer.Ordinal) { ["name"] = Name, ["exactly"] = exactly };
    }
}
