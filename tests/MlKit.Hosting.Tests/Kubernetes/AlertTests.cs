using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using MlKit.Tests;
using MlKit.Tests.Kubernetes;

namespace MlKit.Hosting.Tests.Kubernetes;

/// <summary>Every published alert is taken by promtool, fires when it should, is silent when it should, and has its runbook.</summary>
public sealed class AlertTests
{
    private static readonly string Chart = Path.Combine(Repository.Root, "deploy", "chart");

    // Series by alert: those on which it fires, and those on which it does not; OWN is namespace and service of the resource.
    private static readonly Dictionary<string, (string[] Firing, string[] Silent)> Fixtures = new(StringComparer.Ordinal)
    {
        ["HighLatency"] = (
            ["http_server_request_duration_seconds_bucket{OWN,http_route=\"/x\",le=\"0.01\"} 0+1x120", "http_server_request_duration_seconds_bucket{OWN,http_route=\"/x\",le=\"5\"} 0+100x120", "http_server_request_duration_seconds_bucket{OWN,http_route=\"/x\",le=\"+Inf\"} 0+100x120"],
            ["http_server_request_duration_seconds_bucket{OWN,http_route=\"/x\",le=\"0.01\"} 0+100x120", "http_server_request_duration_seconds_bucket{OWN,http_route=\"/x\",le=\"5\"} 0+100x120", "http_server_request_duration_seconds_bucket{OWN,http_route=\"/x\",le=\"+Inf\"} 0+100x120"]),
        ["HighErrorRate"] = (
            ["http_server_request_duration_seconds_count{OWN,http_response_status_code=\"500\"} 0+60x120", "http_server_request_duration_seconds_count{OWN,http_response_status_code=\"200\"} 0+600x120"],
            ["http_server_request_duration_seconds_count{OWN,http_response_status_code=\"500\"} 0+1x120", "http_server_request_duration_seconds_count{OWN,http_response_status_code=\"200\"} 0+6000x120"]),
        ["Down"] = (["up{OWN,pod=\"a\"} 0x120"], ["up{OWN,pod=\"a\"} 1x120"]),
        ["AtMaximum"] = (
            ["kube_horizontalpodautoscaler_status_desired_replicas{NS,horizontalpodautoscaler=\"WORKLOAD\"} 4x120", "kube_horizontalpodautoscaler_spec_max_replicas{NS,horizontalpodautoscaler=\"WORKLOAD\"} 4x120"],
            ["kube_horizontalpodautoscaler_status_desired_replicas{NS,horizontalpodautoscaler=\"WORKLOAD\"} 2x120", "kube_horizontalpodautoscaler_spec_max_replicas{NS,horizontalpodautoscaler=\"WORKLOAD\"} 4x120"]),
        ["GpuFallback"] = (["mlkit_scorer_provider_fallback{OWN} 1x120"], ["mlkit_scorer_provider_fallback{OWN} 0x120"]),
        ["GpuNotUsed"] = (
            ["DCGM_FI_DEV_GPU_UTIL{exported_namespace=\"apps\",exported_pod=\"WORKLOAD-1\"} 0x180"],
            ["DCGM_FI_DEV_GPU_UTIL{exported_namespace=\"apps\",exported_pod=\"WORKLOAD-1\"} 40x180"]),
        ["FeaturesStale"] = (["feast_feature_freshness_seconds{OWN} 100000x120"], ["feast_feature_freshness_seconds{OWN} 60x120"]),
        ["FeatureDrift"] = (
            ["feast_online_features_status_total{OWN,status=\"PRESENT\"} 0+100x1500 150000+20x120", "feast_online_features_status_total{OWN,status=\"NOT_FOUND\"} 0+1x1500 1500+80x120"],
            ["feast_online_features_status_total{OWN,status=\"PRESENT\"} 0+100x1620", "feast_online_features_status_total{OWN,status=\"NOT_FOUND\"} 0+1x1620"]),
        ["JobFailed"] = (["kube_job_status_failed{NS,job_name=\"WORKLOAD-1\"} 1x120"], ["kube_job_status_failed{NS,job_name=\"WORKLOAD-1\"} 0x120"]),
        ["JobNotRun"] = (["kube_cronjob_status_last_successful_time{NS,cronjob=\"WORKLOAD\"} -900000x120"], ["kube_cronjob_status_last_successful_time{NS,cronjob=\"WORKLOAD\"} 0x120"]),
    };

    [Fact]
    public async Task Every_alert_fires_on_its_fault_and_is_silent_without_it()
    {
        var groups = await GroupsAsync();
        var folder = Directory.CreateTempSubdirectory("mlkit-alerts-").FullName;
        try
        {
            var rules = Path.Combine(folder, "rules.json");
            await File.WriteAllTextAsync(rules, new JsonObject { ["groups"] = new JsonArray([.. groups.Select(group => group.DeepClone())]) }.ToJsonString(), Cancel);
            await PromtoolAsync("check", "rules", rules);
            var tests = new StringBuilder("rule_files: [rules.json]\nevaluation_interval: 1m\ntests:\n");
            foreach (var group in groups)
            {
                foreach (var rule in group["rules"]!.AsArray())
                {
                    AddTest(tests, group, rule!, firing: true);
                    AddTest(tests, group, rule!, firing: false);
                }
            }

            var file = Path.Combine(folder, "tests.yaml");
            await File.WriteAllTextAsync(file, tests.ToString(), Cancel);
            await PromtoolAsync("test", "rules", file);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Every_alert_has_a_summary_a_severity_and_a_runbook_with_its_heading()
    {
        var headings = (await File.ReadAllLinesAsync(Path.Combine(Repository.Root, "docs", "runbooks", "alerts.md"), Cancel))
            .Where(line => line.StartsWith("## ", StringComparison.Ordinal)).Select(line => line[3..]).ToList();
        foreach (var rule in (await GroupsAsync()).SelectMany(group => group["rules"]!.AsArray()))
        {
            var name = (string)rule!["alert"]!;
            Assert.Contains(name, headings);
            Assert.EndsWith($"docs/runbooks/alerts.md#{name.ToLowerInvariant()}", (string)rule["annotations"]!["runbook_url"]!, StringComparison.Ordinal);
            Assert.Contains((string)rule["labels"]!["severity"]!, (string[])["critical", "warning"]);
            Assert.False(string.IsNullOrWhiteSpace((string?)rule["annotations"]!["summary"]));
        }
    }

    private static void AddTest(StringBuilder tests, JsonObject group, JsonNode rule, bool firing)
    {
        var name = (string)rule["alert"]!;
        Assert.True(Fixtures.ContainsKey(name), $"the alert {name} has no fixture");
        var workload = (string)group["name"]!;
        var series = firing ? Fixtures[name].Firing : Fixtures[name].Silent;
        tests.Append("  - interval: 1m\n    input_series:\n");
        foreach (var line in series)
        {
            var filled = line.Replace("OWN", $"namespace=\"apps\",service=\"{workload}\"", StringComparison.Ordinal)
                .Replace("NS", "namespace=\"apps\"", StringComparison.Ordinal).Replace("WORKLOAD", workload, StringComparison.Ordinal);
            var cut = filled.LastIndexOf('}') + 1;
            tests.Append(CultureInfo.InvariantCulture, $"      - {{series: '{filled[..cut]}', values: '{filled[cut..].Trim()}'}}\n");
        }

        var at = name switch { "FeatureDrift" => "1590m", "GpuNotUsed" => "170m", _ => "100m" };
        tests.Append(CultureInfo.InvariantCulture, $"    promql_expr_test:\n      - expr: 'count(ALERTS{{alertname=\"{name}\",resource=\"{(string?)rule["labels"]!["resource"]}\",alertstate=\"firing\"}}) or vector(0)'\n")
            .Append(CultureInfo.InvariantCulture, $"        eval_time: {at}\n        exp_samples: [{{value: {(firing ? 1 : 0)}}}]\n");
    }

    private static async Task<List<JsonObject>> GroupsAsync()
    {
        var objects = await Helm.TemplateAsync(Chart, "--set", "monitoring.enabled=true");
        var groups = objects.Where(item => (string?)item["kind"] == "PrometheusRule")
            .SelectMany(item => item["spec"]!["groups"]!.AsArray()).Select(group => group!.AsObject()).ToList();
        Assert.NotEmpty(groups);
        return groups;
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static async Task PromtoolAsync(params string[] arguments)
    {
        Assert.SkipUnless(
            (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "promtool"))),
            "promtool is absent (Debian package prometheus, tests/tools/install.sh)");
        var start = new ProcessStartInfo("promtool", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(Cancel);
        var output = await process.StandardOutput.ReadToEndAsync(Cancel) + await error;
        await process.WaitForExitAsync(Cancel);
        Assert.True(process.ExitCode == 0, output);
    }
}
