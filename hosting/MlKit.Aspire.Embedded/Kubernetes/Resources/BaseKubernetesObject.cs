using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>Anything that has an <c>apiVersion</c> and a <c>kind</c>.</summary>
/// <param name="apiVersion">Group and version, for example <c>apps/v1</c>.</param>
/// <param name="kind">The kind, for example <c>Deployment</c>.</param>
public abstract class BaseKubernetesObject(string? apiVersion = null, string? kind = null)
{
    /// <summary>The kind of the object, for example <c>Deployment</c>.</summary>
    [YamlMember(Alias = "kind", Order = -2)]
    public string? Kind { get; set; } = kind;

    /// <summary>Group and version of the kind, for example <c>apps/v1</c>.</summary>
    [YamlMember(Alias = "apiVersion", Order = -3)]
    public string? ApiVersion { get; set; } = apiVersion;
}
