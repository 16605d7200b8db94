using System.Globalization;
using Aspire.Hosting.ApplicationModel;

namespace MlKit.Hosting;

/// <summary>The alerts of a resource, by what it is and what was promised of it.</summary>
internal static class AlertQueries
{
    private const string Namespace = "namespace=\"{{ .Release.Namespace }}\"";

    /// <summary>Requests of users, without probes and scrapes.</summary>
    private const string Users = "http_route!~\"/?(health|alive|metrics).*\"";

    /// <summary>Alerts of a service that is scraped.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="service">The name of its Service.</param>
    /// <param name="workload">The name of its workload.</param>
    /// <param name="slo">What is promised.</param>
    public static IEnumerable<Alert> OfService(IResource resource, string service, string workload, ServiceObjectives slo)
    {
        var own = $"{Namespace},service=\"{service}\"";
        yield return new(
            "HighLatency",
            $"histogram_quantile(0.99, sum by (le) (rate(http_server_request_duration_seconds_bucket{{{own},{Users}}}[5m]))) > {Number(slo.Latency.TotalSeconds)}",
            "10m", "warning", $"One request in a hundred to {resource.Name} takes longer than {Number(slo.Latency.TotalSeconds)} s");
        yield return new(
            "HighErrorRate",
            $"sum(rate(http_server_request_duration_seconds_count{{{own},http_response_status_code=~\"5..\"}}[5m])) "
            + $"/ sum(rate(http_server_request_duration_seconds_count{{{own}}}[5m])) > {Number(slo.ErrorRate)} "
            + $"and sum(rate(http_server_request_duration_seconds_count{{{own}}}[5m])) > 0.1",
            "5m", "critical", $"More than {Number(slo.ErrorRate * 100)} % of the requests to {resource.Name} fail");
        yield return new("Down", $"absent(up{{{own}}} == 1)", "5m", "critical", $"No pod of {resource.Name} can be scraped");
        if (resource.Annotations.OfType<AutoscalingAnnotation>().Any())
        {
            yield return new(
                "AtMaximum",
                $"kube_horizontalpodautoscaler_status_desired_replicas{{{Namespace},horizontalpodautoscaler=\"{workload}\"}} "
                + $">= kube_horizontalpodautoscaler_spec_max_replicas{{{Namespace},horizontalpodautoscaler=\"{workload}\"}}",
                "15m", "warning", $"{resource.Name} has as many pods as its autoscaler may make");
        }

        foreach (var alert in OfGpu(resource, own, workload).Concat(OfFeatures(resource, own, slo)))
        {
            yield return alert;
        }
    }

    /// <summary>Alerts of a job, by kube-state-metrics.</summary>
    public static IEnumerable<Alert> OfJob(IResource resource, string workload, string? schedule, ServiceObjectives slo)
    {
        yield return new(
            "JobFailed", $"kube_job_status_failed{{{Namespace},job_name=~\"{workload}-.*\"}} > 0", "1m", "warning", $"A run of {resource.Name} has failed");
        if (schedule is not null)
        {
            yield return new(
                "JobNotRun",
                $"time() - kube_cronjob_status_last_successful_time{{{Namespace},cronjob=\"{workload}\"}} > {Number(slo.JobInterval.TotalSeconds)}",
                "15m", "warning", $"{resource.Name} has not succeeded for {Number(slo.JobInterval.TotalHours)} hours");
        }
    }

    private static IEnumerable<Alert> OfGpu(IResource resource, string own, string workload)
    {
        if (resource.Annotations.OfType<GpuAnnotation>().LastOrDefault() is not { Count: > 0 } gpu)
        {
            yield break;
        }

        if (resource.Annotations.OfType<ModelAnnotation>().Any())
        {
            yield return new(
                "GpuFallback", $"max(mlkit_scorer_provider_fallback{{{own}}}) > 0", "5m", "warning",
                $"{resource.Name} was given a GPU and computes on the CPU");
        }

        if (gpu.Options.Vendor == GpuVendor.Nvidia)
        {
            yield return new(
                "GpuNotUsed",
                $"max_over_time(DCGM_FI_DEV_GPU_UTIL{{exported_namespace=\"{{{{ .Release.Namespace }}}}\",exported_pod=~\"{workload}-.*\"}}[1h]) == 0",
                "1h", "warning", $"A GPU of {resource.Name} has had nothing to do for an hour");
        }
    }

    private static IEnumerable<Alert> OfFeatures(IResource resource, string own, ServiceObjectives slo)
    {
        if (slo.FeatureAge is { } age)
        {
            yield return new(
                "FeaturesStale", $"max(feast_feature_freshness_seconds{{{own}}}) > {Number(age.TotalSeconds)}", "5m", "warning",
                $"The newest features of {resource.Name} are older than {Number(age.TotalMinutes)} minutes");
        }

        if (slo.FeatureDrift is { } drift)
        {
            string Missing(string offset) =>
                $"sum(rate(feast_online_features_status_total{{{own},status!=\"PRESENT\"}}[30m]{offset})) "
                + $"/ sum(rate(feast_online_features_status_total{{{own}}}[30m]{offset}))";
            yield return new(
                "FeatureDrift", $"({Missing("")}) - ({Missing(" offset 1d")}) > {Number(drift)}", "30m", "warning",
                $"Many more feature values of {resource.Name} are missing than a day ago");
        }
    }

    private static string Number(double value) => Math.Round(value, 6).ToString(CultureInfo.InvariantCulture);
}
