using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Kubernetes.Publishing;
using Aspire.Hosting.Kubernetes.Resources;

namespace Aspire.Hosting.Kubernetes.Standards;

/// <summary>
/// Honours WaitFor and WaitForStart: an init container per dependency that ends once its Service takes connections. A
/// Service does so only while a pod behind it is ready. For WaitForCompletion see <see cref="CompletionStandards"/>.
/// </summary>
internal static class WaitStandards
{
    /// <summary>The image of the init containers, a value of the chart.</summary>
    public const string Image = "docker.io/library/busybox:1.37.0";

    public static void Apply(KubernetesResource objects, PublishedApplication application)
    {
        if (objects.Workload is not { } workload)
        {
            return;
        }

        var resource = objects.Source;
        var waits = resource.Annotations.OfType<WaitAnnotation>()
            .Where(wait => wait.WaitType != WaitType.WaitForCompletion)
            .Select(wait => wait.Resource)
            .Distinct()
            .ToList();

        // A Job that a callback put beside the workload, for example a migration, needs the same.
        var pods = objects.AdditionalResources.OfType<Workload>().Prepend(workload).Select(item => item.PodTemplate.Spec).Distinct().ToList();

        // Who waits for a database has no need to wait for its server as well.
        var servers = waits.OfType<PostgresDatabaseResource>().Select(database => (IResource)database.Parent).ToHashSet();
        foreach (var dependency in waits.Where(dependency => !servers.Contains(dependency)))
        {
            if (dependency is PostgresDatabaseResource database && application.IsPublished(database.Parent))
            {
                application.Connect(resource, database.Parent);
                pods.ForEach(pod => DatabaseStandards.Wait(pod, database, application));
            }
            else if (application.EndpointsOf(dependency).FirstOrDefault(candidate => candidate.Protocol == "TCP") is { } endpoint)
            {
                application.Connect(resource, dependency, endpoint);
                pods.ForEach(pod => pod.InitContainers.Add(Wait(dependency, endpoint)));
            }
        }

        CompletionStandards.Wait(resource, pods, application);
    }

    private static ContainerV1 Wait(IResource dependency, PublishedEndpoint endpoint)
    {
        var port = endpoint.Port.ToString(CultureInfo.InvariantCulture);
        var container = new ContainerV1
        {
            Name = ObjectNames.Part($"wait-for-{dependency.Name}", 63),
            Image = Image,
            ImagePullPolicy = "Always",
        };
        container.Command.AddRange(["sh", "-c", "until nc -z -w 2 \"$0\" \"$1\"; do sleep 2; done"]);
        container.Args.AddRange([ObjectNames.Of(dependency), port]);
        return container;
    }
}
