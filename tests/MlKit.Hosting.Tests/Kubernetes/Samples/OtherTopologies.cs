using System.Net.Sockets;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Kubernetes;
using MlKit.Hosting;

namespace MlKit.Tests.Kubernetes;

/// <summary>Small topologies of every kind that a user may write; each must be taken by a cluster as it is published.</summary>
internal static class OtherTopologies
{
    /// <summary>By name: what is special about it.</summary>
    public static IReadOnlyDictionary<string, Action<IDistributedApplicationBuilder>> All { get; } =
        new Dictionary<string, Action<IDistributedApplicationBuilder>>(StringComparer.Ordinal)
        {
            ["one-project"] = builder => builder.AddDotnetProject("scorer", Service("Scorer")),
            ["one-project-in-public"] = builder => builder.AddDotnetProject("api", Service("RecommendationApi")).WithExternalHttpEndpoints().WithReplicas(1),
            ["worker-only"] = builder => builder.AddContainer("worker", "acme/worker", "1"),
            ["ports"] = Ports,
            ["accelerators"] = Accelerators,
            ["claims"] = Claims,
            ["settings"] = Settings,
            ["databases"] = Databases,
            ["jobs"] = Jobs,
            ["names"] = Names,
            ["programs"] = Programs,
            ["probes"] = Probes,
            ["caches"] = Caches,
            ["tracking-only"] = builder => builder.AddMlflow("tracking"),
            ["tracking-embedded"] = builder => builder.AddMlflow("tracking").WithEmbeddedServer(),
            ["features-only"] = builder => builder.AddFeast("features", builder.AddOnlineStore("store")),
            ["identities"] = Identities,
            ["ingresses"] = Ingresses,
        };

    private static string Service(string name) => Path.Combine(Repository.Root, "services", name, $"{name}.csproj");

    private static void Ports(IDistributedApplicationBuilder builder)
    {
        var resolver = builder.AddContainer("resolver", "acme/resolver", "1.2")
            .WithEndpoint(port: 53, targetPort: 5353, scheme: "udp", name: "dns", protocol: ProtocolType.Udp)
            .WithEndpoint(port: 53, targetPort: 5353, scheme: "tcp", name: "dns-tcp")
            .WithHttpEndpoint(port: 80, targetPort: 8080, name: "a-very-long-endpoint-name-for-administrators")
            .WithHttpEndpoint(targetPort: 8081, name: "a-very-long-endpoint-name-for-auditors")
            .WithHttpHealthCheck("/ready", endpointName: "a-very-long-endpoint-name-for-auditors");
        var gateway = builder.AddContainer("gateway", "acme/gateway", "1.2")
            .WithHttpEndpoint(port: 80, targetPort: 8080)
            .WithHttpsEndpoint(port: 443, targetPort: 8443)
            .WithEndpoint(targetPort: 9000, scheme: "grpc", name: "grpc")
            .WithExternalHttpEndpoints()
            .WithEnvironment("RESOLVER", resolver.GetEndpoint("dns"))
            .WithEnvironment("RESOLVER_HOST", resolver.GetEndpoint("dns").Property(EndpointProperty.Host))
            .WithEnvironment("RESOLVER_PORT", resolver.GetEndpoint("dns-tcp").Property(EndpointProperty.Port))
            .WithEnvironment("ADMIN", $"{resolver.GetEndpoint("a-very-long-endpoint-name-for-administrators")}/admin?x={{y}}")
            .WithEntrypoint("/bin/gateway")
            .WithArgs("--upstream", resolver.GetEndpoint("dns-tcp"), "--log={{json}}", "--price=$5", "");
        resolver.WithEnvironment("GATEWAY", gateway.GetEndpoint("http"));
    }

    private static void Ingresses(IDistributedApplicationBuilder builder)
    {
        var cluster = builder.CreateResourceBuilder(builder.Resources.OfType<KubernetesEnvironmentResource>().Single());
        var host = builder.AddParameter("public-host", "shop.example.com", publishValueAsDefault: true);
        var api = builder.AddContainer("api", "acme/api", "1").WithHttpEndpoint(targetPort: 8080);
        var site = builder.AddContainer("site", "acme/site", "1").WithHttpEndpoint(targetPort: 80).WithExternalHttpEndpoints();
        builder.AddContainer("admin", "acme/admin", "1").WithHttpEndpoint(targetPort: 80).WithExternalHttpEndpoints();
        cluster.AddIngress("front")
            .WithHostname(host)
            .WithHostname("www.example.com")
            .WithIngressClass("nginx")
            .WithIngressAnnotation("nginx.ingress.kubernetes.io/proxy-body-size", "{{ 8m }}")
            .WithPath("/api", api.GetEndpoint("http"))
            .WithPath("status.example.com", "/healthz", api.GetEndpoint("http"), IngressPathType.Exact)
            .WithDefaultBackend(site.GetEndpoint("http"))
            .WithTls();
        cluster.AddIngress("bare").WithPath("/", api.GetEndpoint("http"));
    }

    private static void Accelerators(IDistributedApplicationBuilder builder)
    {
        void Add(string name, Action<GpuOptions> options, int count = 1) => builder.AddContainer(name, $"acme/{name}", "1")
            .WithHttpEndpoint(targetPort: 8000).WithAnnotation(new ReplicaAnnotation(1)).WithGpu(count, options);
        Add("sliced", gpu => gpu.MigProfile = "1g.10gb", 2);
        Add("shared", gpu => (gpu.Sharing, gpu.MinimumMemory) = (GpuSharing.TimeSliced, 16 * 1024));
        Add("required", gpu => gpu.RequireGpu = true);
        builder.AddDotnetProject("scorer-a", Service("Scorer")).WithHttpEndpoint().WithReplicas(1).WithGpu(1).WithModel("a");
        builder.AddDotnetProject("scorer-b", Service("Scorer")).WithHttpEndpoint().WithGpu(1, gpu => gpu.MigProfile = "1g.10gb")
            .WithAutoscaling(1, 3, queueDepth: 4).WithModel("b").WithModelCache("5Gi").WithMonitoring();
        builder.AddContainer("plain", "acme/plain", "1").WithGpu(0);
    }

    private static void Claims(IDistributedApplicationBuilder builder)
    {
        builder.AddContainer("trainer", "acme/trainer", "1")
            .AsTrainingJob(gpus: 1)
            .WithGpu(2, gpu => (gpu.DeviceClass, gpu.MinimumMemory, gpu.Product) = ("gpu.nvidia.com", 40960, "NVIDIA A100"));
        builder.AddContainer("tpu", "acme/tpu", "1").WithHttpEndpoint(targetPort: 8000).WithAnnotation(new ReplicaAnnotation(1)).WithTpu("2x4");
        builder.AddContainer("rocm", "acme/rocm", "1").WithGpu(1, gpu => gpu.Vendor = GpuVendor.Amd);
        builder.AddContainer("arc", "acme/arc", "1").WithGpu(1, gpu => gpu.Vendor = GpuVendor.Intel);
        builder.AddContainer("mps", "acme/mps", "1").WithGpu(1, gpu => (gpu.Sharing, gpu.RuntimeClass) = (GpuSharing.Mps, "nvidia"));
    }

    private static void Settings(IDistributedApplicationBuilder builder)
    {
        var plain = builder.AddParameter("plain", "a {{ value }}: \"quoted\"", publishValueAsDefault: true);
        var given = builder.AddParameter("given", publishValueAsDefault: false, value: "local only");
        var made = builder.AddParameter("made", new GenerateParameterDefault { MinLength = 24 }, secret: true);
        var url = builder.AddParameter("catalog-url", "https://catalog.example.com/v1/", publishValueAsDefault: true);
        var catalog = builder.AddExternalService("catalog", url);
        var host = builder.AddParameter("warehouse-host", "warehouse.example.com", publishValueAsDefault: true);
        var warehouse = builder.AddConnectionString("warehouse", ReferenceExpression.Create($"Server={host};Password={made};Port=5432"));
        builder.AddContainer("web", "acme/web", "2")
            .WithHttpEndpoint(targetPort: 8080)
            .WithEnvironment("PLAIN", plain)
            .WithEnvironment("GIVEN", given)
            .WithEnvironment("EMPTY", "")
            .WithEnvironment("MULTI", "line 1\n  line 2\n\n# no comment\n")
            .WithEnvironment("UNICODE", "Zürich – 東京 🎉")
            .WithEnvironment("NUMBER", "0123")
            .WithEnvironment("NULLISH", "~")
            .WithEnvironment("DOTTED.NAME-X", "1")
            .WithEnvironment("__Colon__Like", "on")
            .WithEnvironment(context => context.EnvironmentVariables["FROM_CALLBACK"] = ReferenceExpression.Create($"{plain}/{host}"))
            .WithReference(catalog)
            .WithReference(warehouse)
            .WithArgs("--password", made, "--plain", plain)
            .WithReference("upstream", new Uri("https://upstream.example.com"));
    }

    private static void Databases(IDistributedApplicationBuilder builder)
    {
        var user = builder.AddParameter("db-user", "owner", publishValueAsDefault: true);
        var postgres = builder.AddPostgres("pg", user).WithDataVolume();
        var main = postgres.AddDatabase("main");
        var odd = postgres.AddDatabase("odd", "Odd \"name\" of it's own");
        var scripted = postgres.AddDatabase("scripted").WithCreationScript("CREATE DATABASE scripted WITH ENCODING 'UTF8' TEMPLATE template0");
        var second = builder.AddPostgres("second");
        builder.AddDotnetProject("tracking", Service("Tracking"))
            .WithHttpEndpoint().WithReference(main).WithReference(odd).WithReference(scripted).WithReference(second)
            .WaitFor(main).WaitFor(odd).WaitFor(second).WaitFor(scripted);
    }

    private static void Jobs(IDistributedApplicationBuilder builder)
    {
        var store = builder.AddRedis("store");
        var seed = builder.AddContainer("seed", "acme/seed", "0.3").WithReference(store).WaitFor(store)
            .WithVolume("seed-data", "/data").WithHttpEndpoint(targetPort: 80);
        var prepare = builder.AddContainer("prepare", "acme/prepare", "0.4").WaitForCompletion(seed);
        builder.AddContainer("web", "acme/web", "1").WithHttpEndpoint(targetPort: 8080).WaitForCompletion(prepare).WaitFor(store);
        builder.AddContainer("nightly", "acme/nightly", "0.5").AsTrainingJob("15 2 * * 1-5", retries: 0).WithMonitoring().WaitFor(store);
        var once = builder.AddContainer("once", "acme/once", "0.6").WithVolume("once-data", "/data").AsTrainingJob(deadline: TimeSpan.FromMinutes(30));
        builder.AddContainer("after", "acme/after", "1").WaitForCompletion(once).WaitForCompletion(seed);
    }

    private static void Names(IDistributedApplicationBuilder builder)
    {
        var longest = "n" + new string('a', 40);
        var web = builder.AddContainer(longest[..38], "acme/web", "1").WithHttpEndpoint(targetPort: 80, name: "UPPER-case");
        builder.AddContainer("A", "acme/a", "1").WithHttpEndpoint(targetPort: 1, name: "x").WithReference(web.GetEndpoint("UPPER-case"));
        builder.AddContainer("Web-2", "acme/web", "1").WithVolume("Data.Of_The-Web", "/data").WaitFor(web);
        builder.AddContainer("true", "acme/true", "1").WithEnvironment("A", "b");
        builder.AddContainer("global", "acme/global", "1").WithEnvironment("A", "b").WithHttpEndpoint(targetPort: 8080);
        builder.AddContainer("storage", "acme/storage", "1").WithEnvironment("A", "b");
    }

    private static void Programs(IDistributedApplicationBuilder builder)
    {
        var context = Path.Combine(Repository.Root, "tests", "containers", "redis");
        builder.AddDockerfile("built", context).WithHttpEndpoint(targetPort: 8080).WithBuildArg("A", "b");
        builder.AddExecutable("node", "node", context, "server.js", "--flag").PublishAsDockerFile().WithHttpEndpoint(targetPort: 3000, env: "PORT");
        builder.AddExecutable("left-out", "python3", context, "x.py");
        builder.AddContainer("pinned", "registry.example.com:5000/team/sub/pinned@sha256:" + new string('b', 64));
        builder.AddContainer("untagged", "acme/untagged");
        builder.AddContainer("pulled", "acme/pulled", "1").WithImagePullPolicy(ImagePullPolicy.Never).WithImageRegistry("ghcr.io");
    }

    private static void Probes(IDistributedApplicationBuilder builder)
    {
#pragma warning disable ASPIREPROBES001 // Probes are for evaluation in Aspire.
        builder.AddContainer("probed", "acme/probed", "1")
            .WithHttpEndpoint(targetPort: 8080)
            .WithHttpEndpoint(targetPort: 9090, name: "management")
            .WithHttpProbe(ProbeType.Startup, "/started", periodSeconds: 1, failureThreshold: 90)
            .WithHttpProbe(ProbeType.Readiness, "/ready", initialDelaySeconds: 3, endpointName: "management")
            .WithHttpProbe(ProbeType.Liveness, "/live", timeoutSeconds: 9);
#pragma warning restore ASPIREPROBES001
        builder.AddContainer("checked", "acme/checked", "1").WithHttpEndpoint(targetPort: 80).WithHttpHealthCheck("/healthz?full=1");
        builder.AddContainer("tcp", "acme/tcp", "1").WithEndpoint(targetPort: 1883, name: "mqtt").WithAnnotation(new ReplicaAnnotation(5)).WithDisruptionBudget(2);
    }

    private static void Caches(IDistributedApplicationBuilder builder)
    {
        var cache = builder.AddRedis("cache").WithPersistence(TimeSpan.FromMinutes(1)).WithDataVolume("cache-data");
        var open = builder.AddRedis("open").WithPassword(null);
        builder.AddDotnetProject("api", Service("RecommendationApi")).WithReference(cache).WithReference(open).WithHttpEndpoint()
            .WithAutoscaling(2, 20, 55, 12.5).WithReplicas(4).WithSpot(required: true).WithSpread("topology.kubernetes.io/zone", 2)
            .WithResources("250m", "384Mi", "512Mi");
    }

    private static void Identities(IDistributedApplicationBuilder builder)
    {
        var key = builder.AddParameter("key", secret: true);
        builder.AddContainer("vaulted", "acme/vaulted", "1").WithHttpEndpoint(targetPort: 80).WithEnvironment("KEY", key).WithExternalSecret("vault", "apps/key", clusterStore: true);
        builder.AddContainer("given", "acme/given", "1").WithHttpEndpoint(targetPort: 80).WithEnvironment("KEY", key).WithExistingSecret("my-key").WithMutualTls();
        builder.AddContainer("robot", "acme/robot", "1").WithHttpEndpoint(targetPort: 80).WithServiceAccount("robot").WithPublicHost("a.example.com", gateway: "infra/public");
        builder.AddContainer("cloud", "acme/cloud", "1").WithHttpEndpoint(targetPort: 80).WithPublicHost("*.example.com", "wild-tls")
            .WithWorkloadIdentity(WorkloadIdentityProvider.Google, "robot-account@my-project.iam.gserviceaccount.com");
    }
}
