using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Kubernetes.Publishing;
using Aspire.Hosting.Kubernetes.Resources;
using Aspire.Hosting.Kubernetes.Yaml;

namespace Aspire.Hosting.Kubernetes.Standards;

/// <summary>Creates the databases of <c>AddDatabase</c> in the cluster, by a Job, and lets consumers wait for them.</summary>
internal static class DatabaseStandards
{
    private const string User = "POSTGRES_USER";
    private const int GroupMayRead = 0b100_100_000;

    // Name and creation script of each database come as arguments; a name is quoted inside the server by format(%I), so
    // that no name can be a statement.
    private const string CreateScript =
        """
        export PGPASSWORD="$(cat /run/secrets/database/POSTGRES_PASSWORD)"
        if [ -f /run/secrets/database/POSTGRES_USER ]; then export PGUSER="$(cat /run/secrets/database/POSTGRES_USER)"; fi
        until pg_isready -q -d postgres; do sleep 2; done
        while [ $# -gt 0 ]; do
          name=$1 script=$2
          shift 2
          if [ -z "$script" ]; then
            script="SELECT format('CREATE DATABASE %I', :'name') \\gexec"
          fi
          found=$(echo "SELECT 1 FROM pg_database WHERE datname = :'name'" | psql -d postgres -tA -v name="$name")
          if [ -z "$found" ]; then
            printf '%s\n' "$script" | psql -v ON_ERROR_STOP=1 -v name="$name" -d postgres
          fi
        done
        """;

    private const string WaitScript =
        """
        export PGPASSWORD="$(cat /run/secrets/database/POSTGRES_PASSWORD)"
        if [ -f /run/secrets/database/POSTGRES_USER ]; then export PGUSER="$(cat /run/secrets/database/POSTGRES_USER)"; fi
        until psql -d "$0" -tAc 'SELECT 1'; do sleep 2; done
        """;

    public static void Apply(
        KubernetesResource objects, PublishedApplication application, IEnumerable<PostgresDatabaseResource> databases)
    {
        if (objects.Source is not PostgresServerResource server || objects.Workload is not { } workload)
        {
            return;
        }

        var own = databases.Where(database => database.Parent == server).ToList();
        if (own.Count == 0)
        {
            return;
        }

        var image = workload.PodTemplate.Spec.Containers[0].Image;
        var container = Client(server, application, "create-databases", image);
        container.Command.AddRange(["sh", "-ec", CreateScript, "create-databases"]);
        container.Args.AddRange(own.SelectMany(database => new[]
        {
            HelmText.Escape(database.DatabaseName),
            HelmText.Escape(database.Annotations.OfType<PostgresCreationScriptAnnotation>().LastOrDefault()?.Script ?? ""),
        }));
        var job = new Job
        {
            Metadata = { Name = ObjectNames.Of(server, "databases") },
            Spec =
            {
                BackoffLimit = 10,
                ActiveDeadlineSeconds = 600,
                Template = { Metadata = { Labels = ObjectLabels.Selector(server) }, Spec = { RestartPolicy = "Never" } },
            },
        };
        // The Service of the server must not count the Job's pod among its own.
        job.Spec.Template.Metadata.Labels[ObjectLabels.Component] = $"{ObjectNames.Component(server)}-databases";
        job.Spec.Template.Spec.Containers.Add(container);
        MountSecret(job.Spec.Template.Spec, server);
        job.Metadata.Annotations[Explanation.Annotation] = string.Join(", ", own.Select(database => $"AddDatabase(\"{database.Name}\")"));
        objects.AdditionalResources.Add(job);
    }

    /// <summary>Adds an init container that ends once the database answers.</summary>
    public static void Wait(PodSpecV1 pod, PostgresDatabaseResource database, PublishedApplication application)
    {
        var image = ResourceImage.Of(database.Parent, "", "").Reference;
        var container = Client(database.Parent, application, $"wait-for-{database.Name}", image);
        container.Command.AddRange(["sh", "-c", WaitScript]);
        container.Args.Add(database.DatabaseName);
        pod.InitContainers.Add(container);
        MountSecret(pod, database.Parent);
    }

    private static void MountSecret(PodSpecV1 pod, PostgresServerResource server)
    {
        if (!pod.Volumes.Exists(volume => volume.Name == SecretVolume(server)))
        {
            pod.Volumes.Add(new VolumeV1
            {
                Name = SecretVolume(server),
                Secret = new SecretVolumeSourceV1 { SecretName = ObjectNames.Of(server, "secrets"), DefaultMode = GroupMayRead },
            });
        }
    }

    private static string SecretVolume(PostgresServerResource server) => ObjectNames.Part($"{server.Name}-login", 63);

    private static ContainerV1 Client(
        PostgresServerResource server, PublishedApplication application, string name, string image)
    {
        var port = application.EndpointsOf(server)[0].Port.ToString(CultureInfo.InvariantCulture);
        var container = new ContainerV1
        {
            Name = ObjectNames.Part(name, 63),
            Image = image,
            ImagePullPolicy = "Always",
        };
        container.Env.Add(new EnvVarV1 { Name = "PGHOST", Value = ObjectNames.Of(server) });
        container.Env.Add(new EnvVarV1 { Name = "PGPORT", Value = port });
        if (server.UserNameParameter is not { Secret: true })
        {
            container.Env.Add(new EnvVarV1
            {
                Name = "PGUSER",
                ValueFrom = new() { ConfigMapKeyRef = new() { Name = ObjectNames.Of(server, "config"), Key = User } },
            });
        }

        // A variable can be read in every pod description, so the password is a file.
        container.VolumeMounts.Add(new VolumeMountV1 { Name = SecretVolume(server), MountPath = "/run/secrets/database", ReadOnly = true });
        container.Resources = new ResourceRequirementsV1
        {
            Requests = { ["cpu"] = "10m", ["memory"] = "64Mi" },
            Limits = { ["cpu"] = "200m", ["memory"] = "128Mi" },
        };
        return container;
    }
}
