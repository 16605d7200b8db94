using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using MlKit.Hosting;
using MlKit.Hosting.Kubernetes;

namespace Aspire.Hosting;

/// <summary>Scales a resource by its load.</summary>
public static class AutoscalingExtensions
{
    private const int Most = 1000;

    /// <summary>
    /// Scales the pods of the resource by their CPU use, and where the cluster serves custom metrics by requests per second
    /// and waiting requests (HorizontalPodAutoscaler, <c>autoscaling/v2</c>). On this machine there is one process. A scaled
    /// pod keeps nothing: its state folder is scratch space.
    /// </summary>
    /// <param name="builder">The resource.</param>
    /// <param name="min">The least number of pods, at least 1.</param>
    /// <param name="max">The greatest number of pods, above <paramref name="min"/> and at most 1000.</param>
    /// <param name="cpu">The CPU use aimed at, 1 to 100 percent of the request.</param>
    /// <param name="requestsPerSecond">Requests per second and pod aimed at, above 0; used where the chart's value
    /// <c>autoscaling.customMetrics</c> is on.</param>
    /// <param name="queueDepth">Waiting requests per pod aimed at, above 0; used as <paramref name="requestsPerSecond"/> is.</param>
    /// <param name="scaleUp">How fast pods are added; by default twice as many every 15 seconds.</param>
    /// <param name="scaleDown">How fast pods are taken away; by default one every two minutes, after five quiet ones.</param>
    /// <exception cref="DistributedApplicationException">A bound is out of its range.</exception>
    /// <example><code>scorer.WithAutoscaling(min: 2, max: 8, queueDepth: 16)</code></example>
    public static IResourceBuilder<T> WithAutoscaling<T>(
        this IResourceBuilder<T> builder,
        int min,
        int max,
        int cpu = 70,
        double? requestsPerSecond = null,
        double? queueDepth = null,
        ScalePolicy? scaleUp = null,
        ScalePolicy? scaleDown = null)
        where T : IComputeResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        var resource = builder.Resource;
        Refusal.Unless(
            min >= 1 && max > min && max <= Most, resource, $"WithAutoscaling(min: {min}, max: {max})",
            $"min must be at least 1, max above min and at most {Most}; see WithScaleToZero for none at all");
        Refusal.Unless(cpu is >= 1 and <= 100, resource, $"WithAutoscaling(cpu: {cpu})", "1 to 100 percent are allowed");
        RequireTarget(resource, nameof(requestsPerSecond), requestsPerSecond);
        RequireTarget(resource, nameof(queueDepth), queueDepth);
        RequirePolicy(resource, nameof(scaleUp), scaleUp);
        RequirePolicy(resource, nameof(scaleDown), scaleDown);
        var annotation = new AutoscalingAnnotation(min, max, cpu)
        {
            RequestsPerSecond = requestsPerSecond,
            QueueDepth = queueDepth,
            ScaleUp = scaleUp ?? ScalePolicy.Fast,
            ScaleDown = scaleDown ?? ScalePolicy.Slow,
        };
        return builder.WithAnnotation(annotation, ResourceAnnotationMutationBehavior.Replace).MapToKubernetes();
    }

    /// <summary>
    /// Lets the resource have no pods while nobody asks (KEDA's <c>ScaledObject</c>), in place of the
    /// HorizontalPodAutoscaler where the chart's value <c>autoscaling.scaleToZero</c> is on. The bounds of
    /// <c>WithAutoscaling</c> hold while somebody asks.
    /// </summary>
    /// <param name="builder">The resource.</param>
    /// <param name="query">What Prometheus is asked, a query with one number as answer; above zero there is work.</param>
    /// <param name="threshold">How much of it one pod does, above 0.</param>
    /// <param name="cooldown">How long nobody must have asked, 1 second to 1 day; five minutes by default.</param>
    /// <exception cref="DistributedApplicationException">The query is empty, or a number is out of its range.</exception>
    /// <example><code>batch.WithAutoscaling(1, 4).WithScaleToZero("sum(rate(jobs_queued_total[2m]))", threshold: 5)</code></example>
    public static IResourceBuilder<T> WithScaleToZero<T>(
        this IResourceBuilder<T> builder, string query, double threshold = 1, TimeSpan? cooldown = null)
        where T : IComputeResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        var wait = cooldown ?? TimeSpan.FromMinutes(5);
        Refusal.Unless(!string.IsNullOrWhiteSpace(query), builder.Resource, $"WithScaleToZero(query: \"{query}\")", "a query of Prometheus is needed");
        RequireTarget(builder.Resource, nameof(threshold), threshold, nameof(WithScaleToZero));
        Refusal.Unless(
            wait >= TimeSpan.FromSeconds(1) && wait <= TimeSpan.FromDays(1), builder.Resource, $"WithScaleToZero(cooldown: {wait})",
            "1 second to 1 day are allowed");
        return builder
            .WithAnnotation(new ScaleToZeroAnnotation(query, threshold, wait), ResourceAnnotationMutationBehavior.Replace)
            .MapToKubernetes();
    }

    private static void RequireTarget(IResource resource, string parameter, double? value, string call = nameof(WithAutoscaling)) => Refusal.Unless(
        value is null || (double.IsFinite(value.Value) && value > 0), resource,
        string.Create(CultureInfo.InvariantCulture, $"{call}({parameter}: {value})"), "a number above 0 is allowed");

    private static void RequirePolicy(IResource resource, string parameter, ScalePolicy? policy) => Refusal.Unless(
        policy is null or { IsAllowed: true }, resource, $"WithAutoscaling({parameter}: {policy})",
        "Pods or Percent must be 1 to 1000, PeriodSeconds 1 to 1800, WindowSeconds 0 to 3600");
}
