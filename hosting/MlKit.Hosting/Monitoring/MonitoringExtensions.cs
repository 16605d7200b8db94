using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using MlKit.Hosting;
using MlKit.Hosting.Kubernetes;

namespace Aspire.Hosting;

/// <summary>Watches a resource in a cluster.</summary>
public static class MonitoringExtensions
{
    /// <summary>
    /// Lets Prometheus scrape <c>/metrics</c> of the resource (ServiceMonitor), with alerts about what is promised of it
    /// (PrometheusRule, each with a runbook) and a dashboard for Grafana, where the chart's value
    /// <c>monitoring.enabled</c> is on. On this machine MlKit's own dashboard shows the same metrics.
    /// </summary>
    /// <param name="builder">A resource with an http endpoint, or a job.</param>
    /// <param name="configure">What is promised.</param>
    /// <exception cref="DistributedApplicationException">A promise is out of its range.</exception>
    /// <example><code>scorer.WithMonitoring(slo => slo.Latency = TimeSpan.FromMilliseconds(80))</code></example>
    public static IResourceBuilder<T> WithMonitoring<T>(this IResourceBuilder<T> builder, Action<ServiceObjectives>? configure = null)
        where T : IComputeResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        var objectives = new ServiceObjectives();
        configure?.Invoke(objectives);
        RequireTime(builder.Resource, nameof(objectives.Latency), objectives.Latency);
        RequireTime(builder.Resource, nameof(objectives.JobInterval), objectives.JobInterval);
        RequireTime(builder.Resource, nameof(objectives.FeatureAge), objectives.FeatureAge ?? TimeSpan.FromHours(1));
        RequireShare(builder.Resource, nameof(objectives.ErrorRate), objectives.ErrorRate);
        RequireShare(builder.Resource, nameof(objectives.FeatureDrift), objectives.FeatureDrift ?? 0.5);
        return builder
            .WithAnnotation(new MonitoringAnnotation(objectives), ResourceAnnotationMutationBehavior.Replace)
            .MapToKubernetes();
    }

    private static void RequireTime(IResource resource, string name, TimeSpan value) => Refusal.Unless(
        value >= TimeSpan.FromMilliseconds(1) && value <= TimeSpan.FromDays(365), resource, $"WithMonitoring with {name} {value}",
        "1 millisecond to 365 days are allowed");

    private static void RequireShare(IResource resource, string name, double value) => Refusal.Unless(
        value is > 0 and < 1, resource, string.Create(CultureInfo.InvariantCulture, $"WithMonitoring with {name} {value}"),
        "a share above 0 and below 1 is allowed, such as 0.01 for one percent");
}
