using Aspire.Hosting.Kubernetes.Resources;
using YamlDotNet.Serialization;

namespace MlKit.Hosting.Kubernetes;

/// <summary>Pods that run to completion (<c>batch/v1</c>).</summary>
internal sealed class Job() : Workload("batch/v1", "Job")
{
    [YamlMember(Alias = "spec")]
    public JobSpec Spec { get; set; } = new();

    [YamlIgnore]
    public override PodTemplateSpecV1 PodTemplate => Spec.Template;
}

/// <summary>What a Job runs, and how often it tries.</summary>
internal sealed class JobSpec
{
    [YamlMember(Alias = "backoffLimit")]
    public int? BackoffLimit { get; set; }

    [YamlMember(Alias = "activeDeadlineSeconds")]
    public long? ActiveDeadlineSeconds { get; set; }

    [YamlMember(Alias = "ttlSecondsAfterFinished")]
    public int? TtlSecondsAfterFinished { get; set; }

    [YamlMember(Alias = "podReplacementPolicy")]
    public string? PodReplacementPolicy { get; set; }

    [YamlMember(Alias = "podFailurePolicy")]
    public PodFailurePolicy? PodFailurePolicy { get; set; }

    [YamlMember(Alias = "template")]
    public PodTemplateSpecV1 Template { get; set; } = new();
}
