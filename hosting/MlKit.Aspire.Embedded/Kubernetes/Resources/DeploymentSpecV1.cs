using YamlDotNet.Serialization;

namespace Aspire.Hosting.Kubernetes.Resources;

/// <summary>What a <see cref="Deployment"/> runs and how it rolls out.</summary>
public sealed class DeploymentSpecV1
{
    /// <summary>The field <c>paused</c>; left out when null.</summary>
    [YamlMember(Alias = "paused")]
    public bool? Paused { get; set; }

    /// <summary>The field <c>template</c>.</summary>
    [YamlMember(Alias = "template")]
    public PodTemplateSpecV1 Template { get; set; } = new();

    /// <summary>The field <c>selector</c>.</summary>
    [YamlMember(Alias = "selector")]
    public LabelSelectorV1 Selector { get; set; } = new();

    /// <summary>The field <c>minReadySeconds</c>; left out when null.</summary>
    [YamlMember(Alias = "minReadySeconds")]
    public int? MinReadySeconds { get; set; }

    /// <summary>The field <c>progressDeadlineSeconds</c>; left out when null.</summary>
    [YamlMember(Alias = "progressDeadlineSeconds")]
    public int? ProgressDeadlineSeconds { get; set; }

    /// <summary>The field <c>replicas</c>; left out when null.</summary>
    [YamlMember(Alias = "replicas")]
    public int? Replicas { get; set; }

    /// <summary>The field <c>revisionHistoryLimit</c>; left out when null.</summary>
    [YamlMember(Alias = "revisionHistoryLimit")]
    public int? RevisionHistoryLimit { get; set; }

    /// <summary>The field <c>strategy</c>.</summary>
    [YamlMember(Alias = "strategy")]
    public DeploymentStrategyV1 Strategy { get; set; } = new();
}
