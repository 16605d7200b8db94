using Aspire.Hosting.Dotnet;

namespace WideAppHost;

/// <summary>.NET projects.</summary>
internal sealed record Services(IResourceBuilder<DotnetProjectResource> Echo, IResourceBuilder<DotnetProjectResource> Single)
{
    private const string Path = "../EchoServer/EchoServer.csproj";

    public static Services Add(IDistributedApplicationBuilder builder, Values values)
    {
        var echo = builder.AddDotnetProject("echo", Path, options => options.ExcludeLaunchProfile = true)
            .WithHttpEndpoint(name: "http")
            .WithReplicas(2)
            .WithHttpHealthCheck("/health")
            .WithEnvironment("GREETING", values.Greeting)
            .WithEnvironment("MESSAGE", $"{values.Greeting}, {values.Token:uri}")
            .WithEnvironment("STATIC", "1")
            .WithEnvironment("LATER", () => "later")
            .WithEnvironment(context => context.EnvironmentVariables["MODE"] = context.ExecutionContext.IsRunMode ? "run" : "publish")
            .WithReference(values.Warehouse)
            .WithReference(values.Composed, "renamed")
            .WithReference(values.Weather)
            .WithReference("docs", new Uri("https://docs.example/"))
            .WithUrlForEndpoint("http", url => url.DisplayText = "Echo")
            .WithUrl("https://readme.example/", "Readme")
            .WithExternalHttpEndpoints();

        var single = builder.AddDotnetProject("single", Path, options => options.LaunchProfileName = "none")
            .WithHttpEndpoint(port: int.TryParse(builder.Configuration["SinglePort"], out var port) ? port : null, name: "http")
            .WithEndpoint("http", endpoint => endpoint.IsProxied = true)
            .WithArgs("--one", "two words")
            .WithArgs(context => context.Args.Add(echo.GetEndpoint("http")))
            .WithReference(echo)
            .WithReference(echo.GetEndpoint("http"))
            .WithEnvironment("ECHO_AT", echo.GetEndpoint("http"))
            .WithEnvironment("ECHO_PORT", ReferenceExpression.Create($"{echo.GetEndpoint("http").Property(EndpointProperty.Port)}"))
            .WithEnvironment("BY_CONNECTION", values.Warehouse)
            .WithReferenceEnvironment(ReferenceEnvironmentInjectionFlags.All)
            .WithHttpHealthCheck("/health", 200, "http")
            .WithHttpCommand("/sick", "Make it sick", commandName: "sick")
            .WithRelationship(echo.Resource, "Uses")
            .WithIconName("Beaker")
            .DisableForwardedHeaders()
            .WaitFor(echo);
        return new Services(echo, single);
    }
}
