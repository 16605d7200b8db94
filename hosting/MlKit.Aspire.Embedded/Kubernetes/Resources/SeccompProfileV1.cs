using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>The filter of system calls: <c>RuntimeDefault</c>, <c>Localhost</c> or <c>Unconfined</c>.</summary>
public sealed class SeccompProfileV1
{
    /// <summary>The field <c>localhostProfile</c>.</summary>
    [YamlMember(Alias = "localhostProfile")]
    public string LocalhostProfile { get; set; } = null!;

    /// <summary>The field <c>type</c>.</summary>
    [YamlMember(Alias = "type")]
    public string Type { get; set; } = null!;
}
