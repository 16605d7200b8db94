using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>A header of a probe.</summary>
public sealed class HttpHeaderV1
{
    /// <summary>The field <c>name</c>.</summary>
    [YamlMember(Alias = "name")]
    public string Name { get; set; } = null!;

    /// <summary>The field <c>value</c>.</summary>
    [YamlMember(Alias = "value")]
    public string Value { get; set; } = null!;
}
