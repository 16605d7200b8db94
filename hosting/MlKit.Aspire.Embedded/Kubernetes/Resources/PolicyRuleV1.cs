using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>Verbs on resources.</summary>
public sealed class PolicyRuleV1
{
    /// <summary>The list <c>apiGroups</c>; left out when empty.</summary>
    [YamlMember(Alias = "apiGroups")]
    public List<string> ApiGroups { get; } = [];

    /// <summary>The list <c>nonResourceURLs</c>; left out when empty.</summary>
    [YamlMember(Alias = "nonResourceURLs")]
    public List<string> NonResourceUrLs { get; } = [];

    /// <summary>The list <c>resourceNames</c>; left out when empty.</summary>
    [YamlMember(Alias = "resourceNames")]
    public List<string> ResourceNames { get; } = [];

    /// <summary>The list <c>resources</c>; left out when empty.</summary>
    [YamlMember(Alias = "resources")]
    public List<string> Resources { get; } = [];

    /// <summary>The list <c>verbs</c>; left out when empty.</summary>
    [YamlMember(Alias = "verbs")]
    public List<string> Verbs { get; } = [];
}
