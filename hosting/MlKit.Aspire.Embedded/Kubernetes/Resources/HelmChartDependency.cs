using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>A chart that a chart needs.</summary>
public sealed class HelmChartDependency
{
    /// <summary>The field <c>name</c>.</summary>
    [YamlMember(Alias = "name")]
    public string Name { get; set; } = null!;

    /// <summary>The field <c>version</c>; left out when null.</summary>
    [YamlMember(Alias = "version")]
    public string? Version { get; set; }

    /// <summary>The field <c>repository</c>; left out when null.</summary>
    [YamlMember(Alias = "repository")]
    public string? Repository { get; set; }

    /// <summary>The field <c>condition</c>; left out when null.</summary>
    [YamlMember(Alias = "condition")]
    public string? Condition { get; set; }

    /// <summary>The list <c>tags</c>; left out when empty.</summary>
    [YamlMember(Alias = "tags")]
    public List<string> Tags { get; set; } = [];

    /// <summary>The field <c>alias</c>; left out when null.</summary>
    [YamlMember(Alias = "alias")]
    public string? Alias { get; set; }
}
