using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>What runs after the start and before the end of a container.</summary>
public sealed class LifecycleV1
{
    /// <summary>The field <c>preStop</c>.</summary>
    [YamlMember(Alias = "preStop")]
    public LifecycleHandlerV1 PreStop { get; set; } = new();

    /// <summary>The field <c>postStart</c>.</summary>
    [YamlMember(Alias = "postStart")]
    public LifecycleHandlerV1 PostStart { get; set; } = new();
}
