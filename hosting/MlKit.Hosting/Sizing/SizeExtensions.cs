using System.Text.RegularExpressions;
using Aspire.Hosting.ApplicationModel;
using MlKit.Hosting;
using MlKit.Hosting.Kubernetes;

namespace Aspire.Hosting;

/// <summary>Sizes the pods of a resource.</summary>
public static partial class SizeExtensions
{
    /// <summary>
    /// Gives each pod this much, as request and as limit (in the chart a value). On this machine nothing is limited.
    /// </summary>
    /// <param name="builder">The resource.</param>
    /// <param name="cpu">CPU as a Kubernetes quantity: <c>500m</c>, <c>2</c>.</param>
    /// <param name="memory">Memory as a Kubernetes quantity: <c>512Mi</c>, <c>4Gi</c>.</param>
    /// <param name="ephemeral">Scratch space as a Kubernetes quantity; null for the default.</param>
    /// <exception cref="DistributedApplicationException">A quantity is none.</exception>
    public static IResourceBuilder<T> WithResources<T>(
        this IResourceBuilder<T> builder, string cpu, string memory, string? ephemeral = null)
        where T : IComputeResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        Require(builder.Resource, nameof(cpu), cpu, CpuPattern());
        Require(builder.Resource, nameof(memory), memory, BytesPattern());
        if (ephemeral is not null)
        {
            Require(builder.Resource, nameof(ephemeral), ephemeral, BytesPattern());
        }

        return builder
            .WithAnnotation(new SizeAnnotation(cpu, memory, ephemeral), ResourceAnnotationMutationBehavior.Replace)
            .MapToKubernetes();
    }

    private static void Require(IResource resource, string parameter, string value, Regex pattern)
    {
        if (value is null || !pattern.IsMatch(value))
        {
            throw new DistributedApplicationException(
                $"Resource '{resource.Name}': WithResources({parameter}: \"{value}\") is no Kubernetes quantity above zero; "
                + "write cpu as 500m or 2, memory as 512Mi or 4Gi.");
        }
    }

    [GeneratedRegex(@"^([1-9]\d*m|0?\.\d*[1-9]\d*|[1-9]\d*(\.\d+)?)$")]
    private static partial Regex CpuPattern();

    [GeneratedRegex(@"^[1-9]\d*(Ki|Mi|Gi|Ti|k|M|G|T)?$")]
    private static partial Regex BytesPattern();
}
