using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>The AppArmor profile: <c>RuntimeDefault</c>, <c>Localhost</c> or <c>Unconfined</c>.</summary>
public sealed class AppArmorProfileV1
{
    /// <summary>The field <c>localhostProfile</c>; left out when null.</summary>
    [YamlMember(Alias = "localhostProfile")]
    public string? LocalhostProfile { get; set; }

    /// <summary>The field <c>type</c>.</summary>
    [YamlMember(Alias = "type")]
    public string Type { get; set; } = null!;
}
