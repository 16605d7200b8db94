using Aspire.Hosting.Kubernetes.Resources;
using YamlDotNet.Serialization;

namespace MlKit.Hosting.Kubernetes;

/// <summary>A Job at certain times (<c>batch/v1</c>).</summary>
internal sealed class CronJob() : Workload("batch/v1", "CronJob")
{
    [YamlMember(Alias = "spec")]
    public CronJobSpec Spec { get; set; } = new();

    [YamlIgnore]
    public override PodTemplateSpecV1 PodTemplate => Spec.JobTemplate.Spec.Template;
}

/// <summary>When a Job runs, and what becomes of earlier ones.</summary>
internal sealed class CronJobSpec
{
    [YamlMember(Alias = "schedule")]
    public string? Schedule { get; set; }

    [YamlMember(Alias = "timeZone")]
    public string? TimeZone { get; set; }

    [YamlMember(Alias = "concurrencyPolicy")]
    public string? ConcurrencyPolicy { get; set; }

    [YamlMember(Alias = "startingDeadlineSeconds")]
    public int? StartingDeadlineSeconds { get; set; }

    [YamlMember(Alias = "successfulJobsHistoryLimit")]
    public int? SuccessfulJobsHistoryLimit { get; set; }

    [YamlMember(Alias = "failedJobsHistoryLimit")]
    public int? FailedJobsHistoryLimit { get; set; }

    [YamlMember(Alias = "jobTemplate")]
    public JobTemplate JobTemplate { get; set; } = new();
}

/// <summary>The Job that a CronJob makes.</summary>
internal sealed class JobTemplate
{
    [YamlMember(Alias = "spec")]
    public JobSpec Spec { get; set; } = new();
}
