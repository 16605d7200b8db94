using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>Where a container sees a volume.</summary>
public sealed class VolumeMountV1
{
    /// <summary>The field <c>name</c>.</summary>
    [YamlMember(Alias = "name")]
    public string Name { get; set; } = null!;

    /// <summary>The field <c>mountPath</c>.</summary>
    [YamlMember(Alias = "mountPath")]
    public string MountPath { get; set; } = null!;

    /// <summary>The field <c>subPath</c>.</summary>
    [YamlMember(Alias = "subPath")]
    public string SubPath { get; set; } = null!;

    /// <summary>The field <c>mountPropagation</c>; left out when null.</summary>
    [YamlMember(Alias = "mountPropagation")]
    public string? MountPropagation { get; set; }

    /// <summary>The field <c>subPathExpr</c>; left out when null.</summary>
    [YamlMember(Alias = "subPathExpr")]
    public string? SubPathExpr { get; set; }

    /// <summary>The field <c>readOnly</c>; left out when null.</summary>
    [YamlMember(Alias = "readOnly")]
    public bool? ReadOnly { get; set; }

    /// <summary>The field <c>recursiveReadOnly</c>; left out when null.</summary>
    [YamlMember(Alias = "recursiveReadOnly")]
    public string? RecursiveReadOnly { get; set; }
}
