using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MlKit.Hosting;

/// <summary>A dashboard for Grafana, as JSON.</summary>
internal static class Dashboard
{
    /// <summary>Chooses the series of the service in a query; the names are filled in last, as JSON would quote them.</summary>
    public const string Own = $"namespace=\"{NamespaceMark}\",service=\"{ServiceMark}\"";

    private const string NamespaceMark = "@namespace@";
    private const string ServiceMark = "@service@";
    private const int Width = 12;
    private const int Height = 8;

    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Requests, errors and latency of a service, and what else is known of it.</summary>
    /// <param name="title">What is shown as the title.</param>
    /// <param name="service">The name of the Service.</param>
    /// <param name="more">Further panels: title, unit and query.</param>
    public static string Create(string title, string service, IEnumerable<(string Title, string Unit, string Query)> more)
    {
        var panels = new JsonArray();
        (string Title, string Unit, string Query)[] first =
        [
            ("Requests", "reqps", $"sum by (http_route) (rate(http_server_request_duration_seconds_count{{{Own}}}[5m]))"),
            ("Failed requests", "reqps", $"sum by (http_response_status_code) (rate(http_server_request_duration_seconds_count{{{Own},http_response_status_code=~\"[45]..\"}}[5m]))"),
            ("Latency, median", "s", $"histogram_quantile(0.5, sum by (le, http_route) (rate(http_server_request_duration_seconds_bucket{{{Own}}}[5m])))"),
            ("Latency, 99th percentile", "s", $"histogram_quantile(0.99, sum by (le, http_route) (rate(http_server_request_duration_seconds_bucket{{{Own}}}[5m])))"),
        ];
        foreach (var (name, unit, query) in first.Concat(more))
        {
            panels.Add(Panel(panels.Count, name, unit, query));
        }

        return new JsonObject
        {
            ["title"] = title,
            ["tags"] = new JsonArray("mlkit"),
            ["timezone"] = "browser",
            ["schemaVersion"] = 39,
            ["refresh"] = "30s",
            ["time"] = new JsonObject { ["from"] = "now-6h", ["to"] = "now" },
            ["templating"] = new JsonObject
            {
                ["list"] = new JsonArray(new JsonObject { ["name"] = "datasource", ["type"] = "datasource", ["query"] = "prometheus" }),
            },
            ["panels"] = panels,
        }
        .ToJsonString(Options)
        .Replace(NamespaceMark, "{{ .Release.Namespace }}", StringComparison.Ordinal)
        .Replace(ServiceMark, service, StringComparison.Ordinal);
    }

    private static JsonObject Panel(int index, string title, string unit, string query) => new()
    {
        ["id"] = index + 1,
        ["title"] = title,
        ["type"] = "timeseries",
        ["datasource"] = new JsonObject { ["type"] = "prometheus", ["uid"] = "${datasource}" },
        ["gridPos"] = new JsonObject { ["h"] = Height, ["w"] = Width, ["x"] = index % 2 * Width, ["y"] = index / 2 * Height },
        ["fieldConfig"] = new JsonObject { ["defaults"] = new JsonObject { ["unit"] = unit } },
        ["targets"] = new JsonArray(new JsonObject { ["refId"] = "A", ["expr"] = query }),
    };
}
