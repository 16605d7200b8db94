using System.Globalization;
using System.Text.RegularExpressions;
using Aspire.Hosting.ApplicationModel;
using MlKit.Hosting;
using MlKit.Hosting.Kubernetes;

namespace Aspire.Hosting;

/// <summary>Where the pods of a resource run, and how many of them may be away.</summary>
public static partial class SchedulingExtensions
{
    /// <summary>
    /// Lets the pods run on spot (preemptible) nodes of Google, Amazon and Microsoft: tolerations, and a preference for
    /// such nodes. For what checkpoints; a service keeps some pods elsewhere only where other nodes are there.
    /// </summary>
    /// <param name="builder">The resource.</param>
    /// <param name="required">Whether they run nowhere else.</param>
    /// <example><code>training.AsTrainingJob(retries: 5).WithSpot()</code></example>
    public static IResourceBuilder<T> WithSpot<T>(this IResourceBuilder<T> builder, bool required = false)
        where T : IComputeResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithAnnotation(new SpotAnnotation(required), ResourceAnnotationMutationBehavior.Replace).MapToKubernetes();
    }

    /// <summary>Lets at most this many pods be away at once, for example while nodes are drained; one is the default.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="maxUnavailable">A number from 1 to 1000, or a share from <c>1%</c> to <c>99%</c>.</param>
    /// <exception cref="DistributedApplicationException">It is neither; 0 would let no node be drained.</exception>
    /// <example><code>api.WithDisruptionBudget("25%")</code></example>
    public static IResourceBuilder<T> WithDisruptionBudget<T>(this IResourceBuilder<T> builder, string maxUnavailable)
        where T : IComputeResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        Refusal.Unless(
            maxUnavailable is not null && BudgetPattern().IsMatch(maxUnavailable), builder.Resource, $"WithDisruptionBudget(\"{maxUnavailable}\")",
            "a number from 1 to 1000 or a share from 1% to 99% is allowed; with 0 no node could be drained");
        return builder
            .WithAnnotation(new DisruptionBudgetAnnotation(maxUnavailable!), ResourceAnnotationMutationBehavior.Replace)
            .MapToKubernetes();
    }

    /// <summary>Lets at most this many pods be away at once, for example while nodes are drained; one is the default.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="maxUnavailable">A number from 1 to 1000.</param>
    /// <exception cref="DistributedApplicationException">The number is out of its range.</exception>
    public static IResourceBuilder<T> WithDisruptionBudget<T>(this IResourceBuilder<T> builder, int maxUnavailable = 1)
        where T : IComputeResource => builder.WithDisruptionBudget(maxUnavailable.ToString(CultureInfo.InvariantCulture));

    /// <summary>Spreads the pods over the nodes' values of a label; by default over zones, as far as that is possible.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="topologyKey">The label of the nodes.</param>
    /// <param name="maxSkew">By how many pods two places may differ, 1 to 100.</param>
    /// <param name="required">Whether a pod waits rather than break the rule.</param>
    /// <exception cref="DistributedApplicationException">The key is no label, or the skew is out of its range.</exception>
    /// <example><code>api.WithSpread("kubernetes.io/hostname", required: true)</code></example>
    public static IResourceBuilder<T> WithSpread<T>(
        this IResourceBuilder<T> builder, string topologyKey = "topology.kubernetes.io/zone", int maxSkew = 1, bool required = false)
        where T : IComputeResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        Refusal.Unless(
            topologyKey is not null && LabelPattern().IsMatch(topologyKey), builder.Resource, $"WithSpread(topologyKey: \"{topologyKey}\")",
            "a label such as topology.kubernetes.io/zone or kubernetes.io/hostname is allowed");
        Refusal.Unless(maxSkew is >= 1 and <= 100, builder.Resource, $"WithSpread(maxSkew: {maxSkew})", "1 to 100 are allowed");
        return builder
            .WithAnnotation(new SpreadAnnotation(topologyKey!, maxSkew, required), ResourceAnnotationMutationBehavior.Replace)
            .MapToKubernetes();
    }

    [GeneratedRegex(@"^([1-9]\d{0,2}|1000|[1-9]\d?%)$")]
    private static partial Regex BudgetPattern();

    [GeneratedRegex(@"^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$")]
    private static partial Regex LabelPattern();
}
