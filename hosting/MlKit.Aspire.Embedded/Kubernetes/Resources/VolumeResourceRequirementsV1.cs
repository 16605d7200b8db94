using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>The size of a claim, as <c>requests["storage"]</c>.</summary>
public sealed class VolumeResourceRequirementsV1
{
    /// <summary>The map <c>limits</c>; left out when empty.</summary>
    [YamlMember(Alias = "limits")]
    public Dictionary<string, string> Limits { get; } = [];

    /// <summary>The map <c>requests</c>; left out when empty.</summary>
    [YamlMember(Alias = "requests")]
    public Dictionary<string, string> Requests { get; } = [];
}
