using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>Who looks after a chart.</summary>
public sealed class HelmChartMaintainer
{
    /// <summary>The field <c>name</c>.</summary>
    [YamlMember(Alias = "name")]
    public string Name { get; set; } = null!;

    /// <summary>The field <c>email</c>; left out when null.</summary>
    [YamlMember(Alias = "email")]
    public string? Email { get; set; }

    /// <summary>The field <c>url</c>; left out when null.</summary>
    [YamlMember(Alias = "url")]
    public string? Url { get; set; }
}
