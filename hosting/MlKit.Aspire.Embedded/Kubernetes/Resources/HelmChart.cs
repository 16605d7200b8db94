using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>The content of <c>Chart.yaml</c>.</summary>
public sealed class HelmChart
{
    /// <summary>The field <c>apiVersion</c>.</summary>
    [YamlMember(Alias = "apiVersion")]
    public string ApiVersion { get; set; } = "v2";

    /// <summary>The field <c>name</c>.</summary>
    [YamlMember(Alias = "name")]
    public string Name { get; set; } = null!;

    /// <summary>The field <c>version</c>.</summary>
    [YamlMember(Alias = "version")]
    public string Version { get; set; } = null!;

    /// <summary>The field <c>kubeVersion</c>; left out when null.</summary>
    [YamlMember(Alias = "kubeVersion")]
    public string? KubeVersion { get; set; }

    /// <summary>The field <c>description</c>.</summary>
    [YamlMember(Alias = "description")]
    public string Description { get; set; } = null!;

    /// <summary>The field <c>type</c>; left out when null.</summary>
    [YamlMember(Alias = "type")]
    public string? Type { get; set; }

    /// <summary>The list <c>keywords</c>; left out when empty.</summary>
    [YamlMember(Alias = "keywords")]
    public List<string> Keywords { get; set; } = [];

    /// <summary>The field <c>home</c>; left out when null.</summary>
    [YamlMember(Alias = "home")]
    public string? Home { get; set; }

    /// <summary>The list <c>sources</c>; left out when empty.</summary>
    [YamlMember(Alias = "sources")]
    public List<string> Sources { get; set; } = [];

    /// <summary>The list <c>dependencies</c>; left out when empty.</summary>
    [YamlMember(Alias = "dependencies")]
    public List<HelmChartDependency> Dependencies { get; set; } = [];

    /// <summary>The list <c>maintainers</c>; left out when empty.</summary>
    [YamlMember(Alias = "maintainers")]
    public List<HelmChartMaintainer> Maintainers { get; set; } = [];

    /// <summary>The field <c>icon</c>; left out when null.</summary>
    [YamlMember(Alias = "icon")]
    public string? Icon { get; set; }

    /// <summary>The field <c>appVersion</c>.</summary>
    [YamlMember(Alias = "appVersion")]
    public string AppVersion { get; set; } = null!;

    /// <summary>The field <c>deprecated</c>; left out when null.</summary>
    [YamlMember(Alias = "deprecated")]
    public bool? Deprecated { get; set; }

    /// <summary>The map <c>annotations</c>; left out when empty.</summary>
    [YamlMember(Alias = "annotations")]
    public Dictionary<string, string> Annotations { get; set; } = [];
}
