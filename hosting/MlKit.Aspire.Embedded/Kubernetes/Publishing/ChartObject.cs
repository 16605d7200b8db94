using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Kubernetes.Yaml;

namespace Aspire.Hosting.Kubernetes.Publishing;

/// <summary>One object of a chart on its way to a file.</summary>
/// <param name="Owner">The resource that it belongs to; null for the chart itself.</param>
/// <param name="File">The file below <c>templates</c>, with forward slashes.</param>
/// <param name="Tree">The object.</param>
internal sealed record ChartObject(IResource? Owner, string File, YamlMapping Tree)
{
    /// <summary>The condition under which the object is written; null for always.</summary>
    public string? When { get; set; }

    public string Kind => Text("kind");

    /// <summary>The object's name, as a Helm text.</summary>
    public string Name => Map("metadata")["name"] is YamlText text ? text.Value : "";

    /// <summary>The helper template that holds a Job's specification, out of whose hash its name is made.</summary>
    public string JobHelper => $"chart.job.{File[..^".yaml".Length].Replace('/', '.')}";

    /// <summary>The map at a path; an empty one, not part of the object, where there is none.</summary>
    public YamlMapping Map(params string[] path)
    {
        var map = Tree;
        foreach (var key in path)
        {
            map = map[key] as YamlMapping ?? new YamlMapping();
        }

        return map;
    }

    /// <summary>The map of the pods that the object makes; null where it makes none.</summary>
    public YamlMapping? PodTemplate => Kind switch
    {
        "Deployment" or "StatefulSet" or "DaemonSet" or "ReplicaSet" or "Job" => Map("spec")["template"] as YamlMapping,
        "CronJob" => Map("spec", "jobTemplate", "spec")["template"] as YamlMapping,
        _ => null,
    };

    /// <summary>The containers and init containers of the pods that the object makes.</summary>
    public IEnumerable<YamlMapping> Containers
    {
        get
        {
            var pod = PodTemplate?["spec"] as YamlMapping;
            return new[] { "initContainers", "containers" }
                .Select(key => pod?[key])
                .OfType<YamlSequence>()
                .SelectMany(list => list.Items)
                .OfType<YamlMapping>();
        }
    }

    private string Text(string key) => Tree[key] is YamlText text ? text.Value : "";
}
