using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>Where the numbers of the pods begin.</summary>
public sealed class StatefulSetOrdinalsV1
{
    /// <summary>The field <c>start</c>; left out when null.</summary>
    [YamlMember(Alias = "start")]
    public int? Start { get; set; }
}
