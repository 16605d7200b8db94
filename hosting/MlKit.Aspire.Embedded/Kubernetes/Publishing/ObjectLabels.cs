using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Kubernetes.Yaml;

namespace Aspire.Hosting.Kubernetes.Publishing;

/// <summary>The labels of all objects, and the fewer that select pods: those never change over the life of a release.</summary>
internal static class ObjectLabels
{
    public const string Name = "app.kubernetes.io/name";
    public const string Instance = "app.kubernetes.io/instance";
    public const string Component = "app.kubernetes.io/component";

    public static Dictionary<string, string> Selector(IResource resource) => new(StringComparer.Ordinal)
    {
        [Name] = "{{ .Chart.Name }}",
        [Instance] = "{{ .Release.Name }}",
        [Component] = ObjectNames.Component(resource),
    };

    public static Dictionary<string, string> Release() => new(StringComparer.Ordinal)
    {
        [Name] = "{{ .Chart.Name }}",
        [Instance] = "{{ .Release.Name }}",
    };

    /// <summary>Adds what an object lacks of the labels that Helm's guide asks for.</summary>
    public static void Complete(Dictionary<string, string> labels, IResource? resource)
    {
        foreach (var (key, value) in resource is null ? Release() : Selector(resource))
        {
            labels.TryAdd(key, value);
        }

        labels.TryAdd("app.kubernetes.io/version", "{{ .Chart.AppVersion }}");
        labels.TryAdd("app.kubernetes.io/part-of", "{{ .Chart.Name }}");
        labels.TryAdd("app.kubernetes.io/managed-by", "{{ .Release.Service }}");
        labels.TryAdd("helm.sh/chart", "{{ include \"chart.chart\" . }}");
    }

    /// <summary>All labels of an object as a tree.</summary>
    public static YamlMapping Tree(IResource? resource)
    {
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        Complete(labels, resource);
        return new YamlMapping([.. labels.Select(label => new YamlEntry(label.Key, new YamlText(label.Value)))]);
    }
}
