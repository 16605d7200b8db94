using System.Text.RegularExpressions;
using MlKit.Tests;

namespace MlKit.EndToEnd;

/// <summary>
/// What autoscalers, adapter rules, alerts and dashboards ask for is served: each series is among the metrics of a running
/// service after traffic, or comes from an exporter that is named here.
/// </summary>
public sealed partial class PublishedSeriesTests
{
    // Exporters of a cluster, by the beginning of their series.
    private static readonly Dictionary<string, string> Exporters = new(StringComparer.Ordinal)
    {
        ["kube_"] = "kube-state-metrics",
        ["DCGM_"] = "NVIDIA's DCGM exporter",
        ["up"] = "Prometheus itself",
    };

    [Fact]
    public async Task Every_series_of_the_published_chart_is_served_by_a_service_or_a_named_exporter()
    {
        await using var system = await ReferenceSystem.StartAsync(TestContext.Current.CancellationToken);
        using (var api = system.Client("recommendations"))
        {
            (await api.GetAsync("/recommendations/1?k=10", TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
        }

        var served = new HashSet<string>(StringComparer.Ordinal);
        foreach (var resource in new[] { "scorer", "feast", "recommendations" })
        {
            using var client = system.Client(resource);
            var text = await client.GetStringAsync("/metrics", TestContext.Current.CancellationToken);
            served.UnionWith(Sample().Matches(text).Select(match => match.Groups[1].Value));
        }

        var asked = Asked().ToList();
        Assert.Contains("http_server_request_duration_seconds_bucket", asked);
        Assert.Empty(asked.Where(series => !served.Contains(series) && !Exporters.Keys.Any(series.StartsWith)));
    }

    private static IEnumerable<string> Asked()
    {
        var deploy = Path.Combine(Repository.Root, "deploy");
        var adapter = File.ReadAllText(Path.Combine(deploy, "cluster", "prometheus-adapter-values.yaml"));
        var files = Directory.EnumerateFiles(Path.Combine(deploy, "chart", "templates"), "*.yaml", SearchOption.AllDirectories)
            .Where(file => Path.GetFileName(file) is "prometheusrule.yaml" or "horizontalpodautoscaler.yaml" or "dashboard.yaml");

        // What an adapter rule makes is no series of a service.
        var made = Made().Matches(adapter).Select(match => match.Groups[1].Value).ToHashSet(StringComparer.Ordinal);
        var series = files.Select(File.ReadAllText).SelectMany(text => Series().Matches(text)).Select(match => match.Value)
            .Where(name => !made.Contains(name))
            .Concat(SeriesQuery().Matches(adapter).Select(match => match.Groups[1].Value));
        return series.Distinct(StringComparer.Ordinal).Where(name => name is not ("http_route" or "http_response_status_code"));
    }

    [GeneratedRegex(@"^(\w+)(\{| )", RegexOptions.Multiline)]
    private static partial Regex Sample();

    [GeneratedRegex(@"\b(http_|mlkit_|nv_|feast_|kube_|DCGM_)\w+")]
    private static partial Regex Series();

    [GeneratedRegex(@"as: (\w+)")]
    private static partial Regex Made();

    [GeneratedRegex(@"seriesQuery: '(\w+)\{")]
    private static partial Regex SeriesQuery();
}
