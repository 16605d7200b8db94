using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Kubernetes.Publishing;
using Aspire.Hosting.Kubernetes.Resources;
using Aspire.Hosting.Kubernetes.Yaml;

namespace Aspire.Hosting.Kubernetes.Standards;

/// <summary>
/// Honours WaitForCompletion: what is waited for is a Job, and an init container of who waits ends once that Job is
/// complete. To see it, that container alone gets a token of the API server, which may look at that one Job and at
/// nothing else.
/// </summary>
internal static class CompletionStandards
{
    /// <summary>The image of the init containers, a value of the chart.</summary>
    public const string Image = "registry.k8s.io/kubectl:v1.34.2";

    private const string TokenVolume = "job-reader";
    private const string TokenFolder = "/var/run/secrets/kubernetes.io/serviceaccount";
    private const int TokenSeconds = 3600;
    private const int Retries = 3;

    /// <summary>The Job in place of a Deployment.</summary>
    public static Job CreateJob(IResource resource, PodTemplateSpecV1 template)
    {
        template.Spec.RestartPolicy = "Never";
        return new Job
        {
            Metadata = { Name = ObjectNames.Of(resource) },
            Spec = { BackoffLimit = Retries, Template = template },
        };
    }

    /// <summary>The published resources for whose completion a resource waits.</summary>
    /// <exception cref="DistributedApplicationException">It waits for an exit code that no Job is complete with.</exception>
    public static List<IResource> AwaitedBy(IResource resource, PublishedApplication application)
    {
        var waits = resource.Annotations.OfType<WaitAnnotation>().Where(wait => wait.WaitType == WaitType.WaitForCompletion).ToList();
        return waits.Find(wait => wait.ExitCode != 0) is { } other
            ? throw new DistributedApplicationException(
                $"Resource '{resource.Name}': WaitForCompletion('{other.Resource.Name}', exitCode: {other.ExitCode}) cannot be published: "
                + "in a cluster a Job is complete with exit code 0 only.")
            : [.. waits.Select(wait => application.Published(wait.Resource)).Where(application.IsPublished).Distinct()];
    }

    /// <summary>Adds the init containers to all pods of a resource.</summary>
    public static void Wait(IResource resource, List<PodSpecV1> pods, PublishedApplication application)
    {
        foreach (var dependency in AwaitedBy(resource, application))
        {
            pods.ForEach(pod => Add(pod, dependency));
            var policy = application.Values.Root.Map("networkPolicy");
            if (policy["apiEgress"] is null)
            {
                policy.Add("apiEgress", ApiServer(), null, "Where pods that wait for a Job reach the API server.");
                application.Values.Root.Map("waitForCompletion", "What the init containers run that wait for a Job.");
            }
        }
    }

    /// <summary>Lets the resource's account see the Jobs that it waits for.</summary>
    public static void Grant(KubernetesResource objects, PublishedApplication application)
    {
        var jobs = AwaitedBy(objects.Source, application);
        if (jobs.Count == 0)
        {
            return;
        }

        var name = ObjectNames.Of(objects.Source, "waits");
        var cause = string.Join(", ", jobs.Select(job => $"WaitForCompletion(\"{job.Name}\")"));
        var rule = new PolicyRuleV1 { ApiGroups = { "batch" }, Resources = { "jobs" }, Verbs = { "get", "list", "watch" } };
        rule.ResourceNames.AddRange(jobs.Select(JobName));
        objects.AdditionalResources.Add(new Role { Metadata = { Name = name, Annotations = { [Explanation.Annotation] = cause } }, Rules = { rule } });
        objects.AdditionalResources.Add(new RoleBinding
        {
            Metadata = { Name = name, Annotations = { [Explanation.Annotation] = cause } },
            RoleRef = new() { ApiGroup = "rbac.authorization.k8s.io", Kind = "Role", Name = name },
            Subjects =
            {
                new()
                {
                    Kind = "ServiceAccount",
                    Name = objects.Workload!.PodTemplate.Spec.ServiceAccountName!,
                    Namespace = "{{ .Release.Namespace }}",
                },
            },
        });
    }

    /// <summary>A Job that somebody waits for stays: a pod that starts anew a month later still asks for it.</summary>
    public static void KeepAwaitedJobs(IEnumerable<ChartObject> objects, PublishedApplication application)
    {
        foreach (var job in objects.Where(item => item.Kind == "Job" && item.Owner is not null && application.IsAwaited(item.Owner)))
        {
            job.Map("spec").Entries.RemoveAll(entry => entry.Key == "ttlSecondsAfterFinished");
        }
    }

    // The name of a Job ends in a hash of what it runs, see TemplateText.
    private static string JobName(IResource job) =>
        $"{ObjectNames.Of(job)}-{{{{ include \"chart.job.{ObjectNames.Component(job)}.job\" . | sha256sum | trunc 8 }}}}";

    private static void Add(PodSpecV1 pod, IResource dependency)
    {
        var container = new ContainerV1
        {
            Name = ObjectNames.Part($"wait-for-{dependency.Name}", 63),
            Image = Image,
            ImagePullPolicy = "Always",
            Env = { new EnvVarV1 { Name = "HOME", Value = "/tmp" } },
            VolumeMounts = { new VolumeMountV1 { Name = TokenVolume, MountPath = TokenFolder, ReadOnly = true } },
            Resources = new ResourceRequirementsV1 { Requests = { ["memory"] = "64Mi" }, Limits = { ["memory"] = "128Mi" } },
        };
        container.Args.AddRange(["wait", "--for=condition=complete", "--timeout=24h", $"job/{JobName(dependency)}"]);
        pod.InitContainers.Add(container);
        if (!pod.Volumes.Exists(volume => volume.Name == TokenVolume))
        {
            pod.Volumes.Add(Token());
        }
    }

    private static VolumeV1 Token()
    {
        var certificate = new ConfigMapProjectionV1 { Name = "kube-root-ca.crt" };
        certificate.Items.Add(new KeyToPathV1 { Key = "ca.crt", Path = "ca.crt" });
        return new VolumeV1
        {
            Name = TokenVolume,
            Projected = new ProjectedVolumeSourceV1
            {
                Sources =
                {
                    new() { ServiceAccountToken = new() { Path = "token", ExpirationSeconds = TokenSeconds } },
                    new() { ConfigMap = certificate },
                    new() { DownwardApi = new() { Items = { new() { Path = "namespace", FieldRef = new() { FieldPath = "metadata.namespace" } } } } },
                },
            },
        };
    }

    private static YamlSequence ApiServer() => new([new YamlMapping().Add("ports", new YamlSequence(
        [.. new[] { "443", "6443" }.Select(port => new YamlMapping().Add("protocol", "TCP").Add("port", new YamlPlain(port)))]))]);
}
