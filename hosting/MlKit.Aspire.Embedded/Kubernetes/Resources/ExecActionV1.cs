using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>A command in the container; exit code 0 is success.</summary>
public sealed class ExecActionV1
{
    /// <summary>The list <c>command</c>; left out when empty.</summary>
    [YamlMember(Alias = "command")]
    public List<string> Command { get; } = [];
}
