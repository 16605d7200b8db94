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
    private const string Password = "POSTGRES_PASSWORD";

    // Name and creation script of each database come as arguments; a name is quoted inside the server by format(%I), so
    // that no name can be a statement.
    private const string CreateScript =
        """
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
        objects.AdditionalResources.Add(job);
    }

    /// <summary>An init container that ends once the database answers.</summary>
    public static ContainerV1 Wait(PostgresDatabaseResource database, PublishedApplication application)
    {
        var image = ResourceImage.Of(database.Parent, "", "").Reference;
        var container = Client(database.Parent, application, $"wait-for-{database.Name}", image);
        container.Command.AddRange(["sh", "-c", "until psql -d \"$0\" -tAc 'SELECT 1'; do sleep 2; done"]);
        container.Args.Add(database.DatabaseName);
        return container;
    }

    private static ContainerV1 Client(
        PostgresServerResource server, PublishedApplication application, string name, string image)
    {
        var port = application.EndpointsOf(server)[0].Port.ToString(CultureInfo.InvariantCulture);
        var container = new ContainerV1
        {
            Name = ObjectNames.Part(name, 63),
            Image = image,
            ImagePullPolicy = "IfNotPresent",
        };
        container.Env.Add(new EnvVarV1 { Name = "PGHOST", Value = ObjectNames.Of(server) });
        container.Env.Add(new EnvVarV1 { Name = "PGPORT", Value = port });
        container.Env.Add(new EnvVarV1
        {
            Name = "PGUSER",
            ValueFrom = server.UserNameParameter is { Secret: true }
                ? new() { SecretKeyRef = new() { Name = ObjectNames.Of(server, "secrets"), Key = User } }
                : new() { ConfigMapKeyRef = new() { Name = ObjectNames.Of(server, "config"), Key = User } },
        });
        container.Env.Add(new EnvVarV1
        {
            Name = "PGPASSWORD",
            ValueFrom = new() { SecretKeyRef = new() { Name = ObjectNames.Of(server, "secrets"), Key = Password } },
        });
        container.Resources = new ResourceRequirementsV1
        {
            Requests = { ["cpu"] = "10m", ["memory"] = "64Mi" },
            Limits = { ["cpu"] = "200m", ["memory"] = "128Mi" },
        };
        return container;
    }
}
