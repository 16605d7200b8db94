using System.Text.RegularExpressions;
using MlKit.Tests;

namespace MlKit.EndToEnd;

/// <summary>The series that the published alerts, dashboards and the rules for custom metrics ask for.</summary>
internal static partial class PublishedSeries
{
    // Exporters of a cluster, by the beginning of their series.
    private static readonly string[] Exporters =
    [
        "kube_", // kube-state-metrics
        "DCGM_", // NVIDIA's DCGM exporter
        "up", // Prometheus itself
    ];

    /// <summary>The series that a service has to serve, because no exporter does.</summary>
    public static IReadOnlyList<string> OfServices() => [.. Asked().Distinct(StringComparer.Ordinal)
        .Where(series => !Exporters.Any(exporter => series == exporter || (exporter.EndsWith('_') && series.StartsWith(exporter, StringComparison.Ordinal))))];

    /// <summary>The series in what <c>/metrics</c> answers.</summary>
    public static IEnumerable<string> Served(string metrics) => Sample().Matches(metrics).Select(match => match.Groups[1].Value);

    private static IEnumerable<string> Asked()
    {
        var deploy = Path.Combine(Repository.Root, "deploy");
        var files = Directory.EnumerateFiles(Path.Combine(deploy, "chart", "templates"), "*.yaml", SearchOption.AllDirectories)
            .Where(file => Path.GetFileName(file) is "prometheusrule.yaml" or "dashboard.yaml");
        foreach (var line in files.SelectMany(File.ReadLines).Where(line => line.Contains("expr", StringComparison.Ordinal)))
        {
            var found = Selected().Matches(line).Select(match => match.Groups[1].Value).ToList();
            Assert.NotEmpty(found);
            foreach (var series in found)
            {
                yield return series;
            }
        }

        foreach (Match rule in Rule().Matches(File.ReadAllText(Path.Combine(deploy, "cluster", "prometheus-adapter-values.yaml"))))
        {
            yield return rule.Groups[1].Value;
        }
    }

    // Every series of a query is chosen by its namespace.
    [GeneratedRegex(@"([A-Za-z_:][\w:]*)\{(exported_)?namespace=")]
    private static partial Regex Selected();

    [GeneratedRegex(@"seriesQuery: '(\w+)\{")]
    private static partial Regex Rule();

    [GeneratedRegex(@"^(\w+)(\{| )", RegexOptions.Multiline)]
    private static partial Regex Sample();
}
