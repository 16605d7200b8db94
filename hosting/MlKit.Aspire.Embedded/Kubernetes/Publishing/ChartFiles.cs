using System.Text;
using Aspire.Hosting.Kubernetes.Resources;
using Aspire.Hosting.Kubernetes.Yaml;

namespace Aspire.Hosting.Kubernetes.Publishing;

/// <summary>All files of a chart by their path with forward slashes.</summary>
internal static class ChartFiles
{
    private const string KubeVersion = ">=1.32.0-0";

    public static SortedDictionary<string, string> Create(PublishedChart published)
    {
        var (chart, values, objects, longestName) = published;
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["Chart.yaml"] = YamlWriter.Write(YamlTree.FromObject(Describe(chart))),
            ["values.yaml"] = YamlWriter.Write(values.Root),
            ["values.schema.json"] = ValuesSchema.Write(values.Root),
            ["values-dev.yaml"] = ValueVariants.Development(values.Root),
            [".helmignore"] = ".git\n*.tmp\n*.new\n*.orig\n",
            ["templates/_helpers.tpl"] = HelperTemplates.Helpers(values, longestName),
            ["README.md"] = ChartReadme.Write(published),
            ["templates/NOTES.txt"] = Notes(objects),
            [$"templates/{KeptClaims.File}"] = KeptClaims.Write(objects),
        };
        if (ValueVariants.Slices(values.Root) is { } slices)
        {
            files["values-mig.yaml"] = slices;
        }

        foreach (var item in objects)
        {
            files[$"templates/{item.File}"] = TemplateText.Write(item);
        }

        var helpers = $"\"{chart.Name}.";
        foreach (var file in files.Keys.Where(file => file.StartsWith("templates/", StringComparison.Ordinal)).ToList())
        {
            files[file] = files[file].Replace(ObjectNames.HelperPrefix, helpers, StringComparison.Ordinal);
        }

        return files;
    }

    // A chart has an icon in catalogues; this one needs no address.
    private const string Icon =
        "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 8 8'%3E%3Cpath d='M1 7V1l3 4 3-4v6' fill='none' stroke='%23512bd4'/%3E%3C/svg%3E";

    private static HelmChart Describe(ChartIdentity chart) => new()
    {
        ApiVersion = "v2",
        Name = chart.Name,
        Version = chart.Version,
        AppVersion = chart.AppVersion,
        KubeVersion = KubeVersion,
        Description = chart.Description,
        Type = "application",
        Icon = Icon,
        Keywords = { "aspire", "machine-learning" },
    };

    private static string Notes(IReadOnlyList<ChartObject> objects)
    {
        var text = new StringBuilder("{{ .Chart.Name }} {{ .Chart.AppVersion }} is installed as {{ .Release.Name }}.\n\n");
        text.Append("Watch it come up:\n  kubectl --namespace {{ .Release.Namespace }} get pods --selector app.kubernetes.io/instance={{ .Release.Name }}\n");
        foreach (var ingress in objects.Where(item => item.Kind == "Ingress" && item.Owner is not KubernetesIngressResource))
        {
            var key = ChartValues.KeyOf(ingress.Owner!);
            var port = PortOf(objects, ingress);
            text.Append('\n').Append("{{- if .Values.").Append(key).Append(".ingress.enabled }}\n")
                .Append(ingress.Owner!.Name).Append(" is reached at http{{ if .Values.").Append(key).Append(".ingress.tlsSecret }}s{{ end }}://{{ .Values.")
                .Append(key).Append(".ingress.host }}/\n{{- else }}\nReach ").Append(ingress.Owner.Name).Append(" from this machine:\n")
                .Append("  kubectl --namespace {{ .Release.Namespace }} port-forward service/").Append(ingress.Name).Append(' ').Append(port).Append(':').Append(port)
                .Append("\nFrom outside, set ").Append(key).Append(".ingress.enabled and ").Append(key).Append(".ingress.host.\n{{- end }}\n");
        }

        return text.ToString();
    }

    private static string PortOf(IReadOnlyList<ChartObject> objects, ChartObject ingress)
    {
        var service = objects.First(item => item.Kind == "Service" && item.Name == ingress.Name);
        var first = (YamlMapping)((YamlSequence)service.Map("spec")["ports"]!).Items[0];
        return ((YamlPlain)first["port"]!).Value;
    }
}
