using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using MlKit.Hosting;
using MlKit.Hosting.Kubernetes;

namespace Aspire.Hosting;

/// <summary>Asks for Google's TPUs.</summary>
public static class TpuExtensions
{
    private const int MostChipsPerHost = 8;

    /// <summary>
    /// Gives each pod of the resource a TPU slice on one host of Google Kubernetes Engine. A pod takes all chips of its
    /// host, so the topology says how many; slices over several hosts need a JobSet and are refused.
    /// </summary>
    /// <param name="builder">The resource.</param>
    /// <param name="topology">The slice, such as <c>2x2</c> or <c>2x2x1</c>: 1 to 8 chips.</param>
    /// <param name="accelerator">The node pool's accelerator, such as <c>tpu-v6e-slice</c> or <c>tpu-v4-podslice</c>.</param>
    /// <exception cref="DistributedApplicationException">The topology is none of one host, or the accelerator is no TPU.</exception>
    /// <example><code>trainer.WithTpu("2x4")</code></example>
    public static IResourceBuilder<T> WithTpu<T>(this IResourceBuilder<T> builder, string topology, string accelerator = "tpu-v6e-slice")
        where T : IComputeResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        var chips = Chips(topology);
        Refusal.Unless(
            chips is >= 1 and <= MostChipsPerHost, builder.Resource, $"WithTpu(\"{topology}\")",
            $"a topology of one host is allowed, such as 2x2 or 2x2x1 with 1 to {MostChipsPerHost} chips");
        Refusal.Unless(
            accelerator is not null && accelerator.StartsWith("tpu-", StringComparison.Ordinal), builder.Resource,
            $"WithTpu(accelerator: \"{accelerator}\")", "the node label of a TPU is allowed, such as tpu-v6e-slice");
        return builder
            .WithAnnotation(new TpuAnnotation(topology, accelerator!, chips), ResourceAnnotationMutationBehavior.Replace)
            .MapToKubernetes();
    }

    private static int Chips(string? topology)
    {
        var parts = topology?.Split('x') ?? [];
        var chips = parts.Length is 2 or 3 ? 1 : 0;
        foreach (var part in parts)
        {
            chips = int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= 64 ? chips * number : 0;
        }

        return chips;
    }
}
