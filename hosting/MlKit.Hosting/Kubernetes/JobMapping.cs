using Aspire.Hosting;
using Aspire.Hosting.Kubernetes;
using Aspire.Hosting.Kubernetes.Resources;

namespace MlKit.Hosting.Kubernetes;

/// <summary>Puts a Job in the place of a Deployment, and a CronJob beside it where a schedule was given.</summary>
internal static class JobMapping
{
    private const int KeepFinishedSeconds = 7 * 24 * 3600;
    private const int StartWithinSeconds = 600;
    private const int GraceSeconds = 60;

    public static void Apply(TrainingJobAnnotation training, KubernetesResource objects)
    {
        var deployed = objects.Workload!;
        var template = deployed.PodTemplate;
        template.Spec.RestartPolicy = "Never";
        template.Spec.TerminationGracePeriodSeconds ??= GraceSeconds;
        var container = template.Spec.Containers[0];
        container.StartupProbe = container.ReadinessProbe = container.LivenessProbe = null;
        container.Ports.Clear();
        objects.Service = null;
        objects.Workload = new Job
        {
            Metadata = deployed.Metadata,
            Spec = Spec(training, template, container.Name, KeepFinishedSeconds),
        };
        if (training.Schedule is { } schedule)
        {
            objects.AdditionalResources.Add(Repeat(deployed.Metadata.Name, schedule, training, template, container.Name));
        }
    }

    private static CronJob Repeat(
        string name, string schedule, TrainingJobAnnotation training, PodTemplateSpecV1 template, string container) => new()
        {
            Metadata = { Name = name },
            Spec =
        {
            Schedule = schedule,
            TimeZone = "Etc/UTC",
            ConcurrencyPolicy = "Forbid",
            StartingDeadlineSeconds = StartWithinSeconds,
            SuccessfulJobsHistoryLimit = 3,
            FailedJobsHistoryLimit = 3,
            JobTemplate = { Spec = Spec(training, template, container, null) },
        },
        };

    private static JobSpec Spec(TrainingJobAnnotation training, PodTemplateSpecV1 template, string container, int? keep) => new()
    {
        BackoffLimit = training.Retries,
        ActiveDeadlineSeconds = (long)training.Deadline.TotalSeconds,
        TtlSecondsAfterFinished = keep,
        PodReplacementPolicy = "Failed",
        PodFailurePolicy = new PodFailurePolicy
        {
            Rules =
            {
                // A pod that had to leave its node did not fail.
                new PodFailureRule { Action = "Ignore", OnPodConditions = [new() { Type = "DisruptionTarget", Status = "True" }] },
                // The gate's answer is the same however often it is asked.
                new PodFailureRule
                {
                    Action = "FailJob",
                    OnExitCodes = new() { ContainerName = container, Operator = "In", Values = { WaitForTrainingExtensions.GateRefused } },
                },
            },
        },
        Template = template,
    };
}
