namespace WideAppHost;

/// <summary>What runs in containers, and what only a publisher asks.</summary>
internal static class ContainerParts
{
    public static void Add(IDistributedApplicationBuilder builder, Values values, Services services)
    {
        var cache = builder.AddRedis("cache").WithDataVolume().WithPersistence(TimeSpan.FromMinutes(5), 10);
        var server = builder.AddPostgres("postgres", password: values.Token).WithDataVolume().WithLifetime(ContainerLifetime.Session);
        var database = server.AddDatabase("orders", "order_data");
        var web = builder.AddContainer("web", "nginx", "1.29")
            .WithImageRegistry("docker.io")
            .WithImagePullPolicy(ImagePullPolicy.Missing)
            .WithHttpEndpoint(targetPort: 80, name: "http")
            .WithEntrypoint("/docker-entrypoint.sh")
            .WithArgs("nginx", "-g", "daemon off;")
            .WithVolume("pages", "/usr/share/nginx/html")
            .WithContainerRuntimeArgs("--memory", "256m")
            .WithContainerName("wide-web")
            .WithContainerNetworkAlias("pages")
            .WithContainerFiles("/etc/nginx/conf.d", [new ContainerFile { Name = "extra.conf", Contents = "# extra\n" }])
            .WithReference(cache)
            .WithReference(database)
            .WithReference(services.Echo)
            .WithHttpHealthCheck("/")
            .WaitFor(database);
        builder.AddDockerfile("built", "docker").WithBuildArg("VERSION", "1").WithBuildSecret("token", values.Token).WithReference(web.GetEndpoint("http"));
        builder.AddDockerfileFactory("made", "docker", _ => "FROM scratch\n");
        services.Single.WithReference(cache).WithReference(database);
        if (builder.ExecutionContext.IsPublishMode)
        {
            builder.AddKubernetesEnvironment("k8s").WithProperties(k8s => k8s.DefaultStorageSize = "2Gi");
            services.Echo.PublishAsKubernetesService(service => service.Service!.Spec.Type = "LoadBalancer");
        }
    }
}
