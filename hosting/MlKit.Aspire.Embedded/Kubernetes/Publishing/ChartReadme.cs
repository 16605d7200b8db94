using System.Text;
using Aspire.Hosting.Kubernetes.Yaml;

namespace Aspire.Hosting.Kubernetes.Publishing;

/// <summary>The README of a chart: how to install it, and a table of its values.</summary>
internal static class ChartReadme
{
    public static string Write(PublishedChart chart)
    {
        var text = new StringBuilder(
            $"""
            # {chart.Identity.Name} {chart.Identity.Version}

            {chart.Identity.Description}

            ```sh
            helm upgrade --install {chart.Identity.Name} . --namespace {chart.Identity.Name} --create-namespace
            helm test {chart.Identity.Name} --namespace {chart.Identity.Name}
            ```

            The chart is published from an AppHost: do not edit it. `values-dev.yaml` is for one node without accelerators. Passwords that
            nobody gives are generated on the first install and kept in the Secret `…-generated`, over uninstalls too. So are claims: what
            an earlier version or other values made stays until somebody deletes it by `kubectl`.

            | value | default | what it is for |
            |---|---|---|

            """.ReplaceLineEndings("\n"));
        Rows(text, chart.Values.Root, "");
        return text.ToString();
    }

    private static void Rows(StringBuilder text, YamlMapping map, string path)
    {
        foreach (var entry in map.Entries)
        {
            var name = path.Length == 0 ? entry.Key : $"{path}.{entry.Key}";
            if (entry.Value is YamlMapping { Entries.Count: > 0 } inner && !entry.Key.EndsWith("Probe", StringComparison.Ordinal))
            {
                Rows(text, inner, name);
            }
            else
            {
                var value = JsonTree.ToJson(new YamlMapping().Add("v", entry.Value))["v"]!.ToJsonString();
                text.Append("| `").Append(name).Append("` | `").Append(value.Replace("|", "\\|", StringComparison.Ordinal)).Append("` | ")
                    .Append(entry.Comment?.Replace("|", "\\|", StringComparison.Ordinal)).Append(" |\n");
            }
        }
    }
}
