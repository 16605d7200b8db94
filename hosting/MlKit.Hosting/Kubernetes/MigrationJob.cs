using Aspire.Hosting.Kubernetes;
using Aspire.Hosting.Kubernetes.Resources;

namespace MlKit.Hosting.Kubernetes;

/// <summary>
/// Brings MLflow's tables to the version of the image, once per image. Several servers that start together would
/// otherwise do it at the same time.
/// </summary>
internal static class MigrationJob
{
    private const string Name = "migrate";
    private const int DeadlineSeconds = 1800;

    public static void Apply(KubernetesResource objects)
    {
        var server = objects.Workload!.PodTemplate.Spec.Containers[0];
        var container = new ContainerV1
        {
            Name = Name,
            Image = server.Image,
            ImagePullPolicy = server.ImagePullPolicy,
            Command = { "sh", "-c", "exec mlflow db upgrade \"$MLFLOW_BACKEND_STORE_URI\"" },
            Env = { new EnvVarV1 { Name = "HOME", Value = "/tmp" } },
            Resources = new ResourceRequirementsV1
            {
                Requests = { ["cpu"] = "200m", ["memory"] = "512Mi" },
                Limits = { ["cpu"] = "1", ["memory"] = "1Gi" },
            },
        };
        container.EnvFrom.AddRange(server.EnvFrom);
        var job = new Job
        {
            Metadata = { Name = $"{objects.Workload.Metadata.Name}-{Name}" },
            Spec =
            {
                BackoffLimit = 10,
                ActiveDeadlineSeconds = DeadlineSeconds,
                Template = { Spec = { RestartPolicy = "Never", Containers = { container } } },
            },
        };
        objects.AdditionalResources.Add(job);
    }
}
