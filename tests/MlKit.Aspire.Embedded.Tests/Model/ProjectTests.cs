using System.Text.Json.Nodes;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dotnet;
using MlKit.Aspire.Embedded.Tests.Runtime;

namespace MlKit.Aspire.Embedded.Tests.Model;

public sealed class ProjectTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_first_profile_that_can_start_gives_endpoints_variables_and_arguments()
    {
        Profiles(
            ("iis", """{ "commandName": "IISExpress", "applicationUrl": "http://localhost:1" }"""),
            ("http", """{ "commandName": "Project", "applicationUrl": "http://localhost:5123;https://localhost:7123;http://127.0.0.1:5124", "commandLineArgs": "--a \"b c\"", "environmentVariables": { "FROM_PROFILE": "1", "OTEL_SERVICE_NAME": "no" } }"""));
        var api = Model.Run(_folder).AddDotnetProject("api", "Api/Api.csproj");
        Assert.Equal(
            [("http", 5123, "localhost"), ("https", 7123, "localhost"), ("http2", 5124, "127.0.0.1")],
            api.Resource.Annotations.OfType<EndpointAnnotation>().Select(e => (e.Name, e.Port!.Value, e.TargetHost)));
        var environment = await Model.EnvironmentOf(api.Allocate(6000));
        Assert.Equal("http://localhost:6000;https://localhost:6001;http://127.0.0.1:6002", environment["ASPNETCORE_URLS"]);
        Assert.Equal("6001", environment["ASPNETCORE_HTTPS_PORT"]);
        Assert.Equal("http", environment["DOTNET_LAUNCH_PROFILE"]);
        Assert.Equal("1", environment["FROM_PROFILE"]);
        Assert.Equal("api", environment["OTEL_SERVICE_NAME"]);
        Assert.Equal(["--a", "b c"], await Model.ArgumentsOf(api));
    }

    [Fact]
    public void The_profile_of_the_AppHost_is_preferred_where_the_project_has_it()
    {
        Profiles(("a", """{ "commandName": "Project", "applicationUrl": "http://localhost:1" }"""), ("b", """{ "commandName": "Project", "applicationUrl": "http://localhost:2" }"""));
        Assert.Equal(2, Port(Model.Run(_folder, "--DOTNET_LAUNCH_PROFILE", "b").AddDotnetProject("api", "Api/Api.csproj")));
        Assert.Equal(1, Port(Model.Run(_folder, "--DOTNET_LAUNCH_PROFILE", "c").AddDotnetProject("api", "Api/Api.csproj")));
        Assert.Equal(2, Port(Model.Run(_folder).AddDotnetProject("api", "Api/Api.csproj", o => o.LaunchProfileName = "b")));
    }

    [Fact]
    public void A_profile_can_be_left_out_and_a_wrong_one_is_refused_with_those_there_are()
    {
        Profiles(("a", """{ "commandName": "Project", "applicationUrl": "http://localhost:1" }"""));
        var builder = Model.Run(_folder);
        Assert.Empty(builder.AddDotnetProject("x", "Api/Api.csproj", o => o.ExcludeLaunchProfile = true).Resource.Annotations.OfType<EndpointAnnotation>());
        var refused = Assert.Throws<DistributedApplicationException>(() => builder.AddDotnetProject("y", "Api/Api.csproj", o => o.LaunchProfileName = "z"));
        Assert.Contains("Profiles: a", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Kestrel_endpoints_take_the_place_of_the_profiles()
    {
        Profiles(("a", """{ "commandName": "Project", "applicationUrl": "http://localhost:1" }"""));
        _folder.File("Api/appsettings.json", """{ "Kestrel": { "Endpoints": { "Grpc": { "Url": "http://*:5001", "Protocols": "Http2" } } } }""");
        var api = Model.Run(_folder).AddDotnetProject("api", "Api/Api.csproj");
        var endpoint = Assert.Single(api.Resource.Annotations.OfType<EndpointAnnotation>());
        Assert.Equal(("grpc", 5001, "http2", "*"), (endpoint.Name, endpoint.Port, endpoint.Transport, endpoint.TargetHost));
        var environment = await Model.EnvironmentOf(api.Allocate(6000));
        Assert.Equal("http://*:6000", environment["Kestrel__Endpoints__Grpc__Url"]);
        Assert.DoesNotContain("ASPNETCORE_URLS", environment.Keys);
    }

    [Fact]
    public async Task A_project_in_run_mode_gets_the_defaults_and_nothing_else()
    {
        var api = Model.Run(_folder, "--ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL", "http://localhost:4317", "--AppHost:OtlpApiKey", "key")
            .AddDotnetProject("api", "Api/Api.csproj").WithHttpEndpoint().Allocate(6000);
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://localhost:4317",
                ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "grpc",
                ["OTEL_EXPORTER_OTLP_HEADERS"] = "x-otlp-api-key=key",
                ["OTEL_SERVICE_NAME"] = "api",
                ["OTEL_RESOURCE_ATTRIBUTES"] = $"service.instance.id={InstanceMarks.InstanceId}",
                ["OTEL_BSP_SCHEDULE_DELAY"] = "1000",
                ["OTEL_BLRP_SCHEDULE_DELAY"] = "1000",
                ["OTEL_METRIC_EXPORT_INTERVAL"] = "1000",
                ["OTEL_TRACES_SAMPLER"] = "always_on",
                ["OTEL_METRICS_EXEMPLAR_FILTER"] = "trace_based",
                ["OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT"] = "true",
                ["OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY"] = "in_memory",
                ["OTEL_DOTNET_EXPERIMENTAL_ASPNETCORE_DISABLE_URL_QUERY_REDACTION"] = "true",
                ["OTEL_DOTNET_EXPERIMENTAL_HTTPCLIENT_DISABLE_URL_QUERY_REDACTION"] = "true",
                ["LOGGING__CONSOLE__FORMATTERNAME"] = "simple",
                ["DOTNET_SYSTEM_CONSOLE_ALLOW_ANSI_COLOR_REDIRECTION"] = "true",
                ["ASPNETCORE_URLS"] = "http://localhost:6000",
            },
            await Model.EnvironmentOf(api));
    }

    [Fact]
    public async Task A_published_web_project_has_http_and_https_on_one_port_and_trusts_its_proxy()
    {
        Profiles(("a", """{ "commandName": "Project", "applicationUrl": "http://localhost:1", "environmentVariables": { "FROM_PROFILE": "1" } }"""));
        var api = Model.Publish(_folder).AddDotnetProject("api", "Api/Api.csproj");
        Assert.Equal(["http", "https"], api.Resource.Annotations.OfType<EndpointAnnotation>().Select(e => e.Name));
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY"] = "in_memory",
                ["ASPNETCORE_FORWARDEDHEADERS_ENABLED"] = "true",
                ["HTTP_PORTS"] = "{api.bindings.http.targetPort}",
            },
            await Model.EnvironmentOf(api));
    }

    [Fact]
    public async Task Forwarded_headers_and_endpoints_can_be_left_out()
    {
        var api = Model.Publish(_folder).AddDotnetProject("api", "Api/Api.csproj")
            .WithHttpEndpoint().WithHttpEndpoint(name: "metrics").DisableForwardedHeaders().WithEndpointsInEnvironment(e => e.Name != "metrics");
        var environment = await Model.EnvironmentOf(api);
        Assert.Equal("{api.bindings.http.targetPort}", environment["HTTP_PORTS"]);
        Assert.DoesNotContain("ASPNETCORE_FORWARDEDHEADERS_ENABLED", environment.Keys);
    }

    [Fact]
    public void A_folder_with_one_project_and_a_source_file_are_projects_too()
    {
        _folder.File("Api/Api.csproj", "<Project/>");
        var builder = Model.Run(_folder);
        var api = builder.AddDotnetProject("api", "Api").Resource;
        Assert.Equal(Path.Combine(_folder.Path, "Api", "Api.csproj"), api.GetProjectMetadata().ProjectPath);
        Assert.Equal(Path.Combine(_folder.Path, "Api"), api.WorkingDirectory);
        Assert.True(builder.AddDotnetProject("app", "app.cs").Resource.GetProjectMetadata().IsFileBasedApp);
    }

    [Fact]
    public void A_path_that_leads_nowhere_is_no_error_while_the_model_is_built()
    {
        var builder = Model.Run(_folder);
        builder.AddDotnetProject("api", "nowhere/Api.csproj");
        using var application = builder.Build();
    }

    [Fact]
    public void A_dotnet_project_is_an_executable_and_no_ProjectResource()
    {
        var api = Model.Run(_folder).AddDotnetProject("api", "Api.csproj").WithReplicas(3);
        Assert.IsAssignableFrom<ExecutableResource>(api.Resource);
        Assert.IsNotAssignableFrom<ProjectResource>(api.Resource);
        Assert.Equal(3, api.Resource.GetReplicaCount());
        Assert.Equal(typeof(DotnetProjectResource), api.Resource.GetType());
    }

    [Fact]
    public void A_probe_and_a_health_check_on_one_path_are_refused()
    {
        var api = Model.Run(_folder).AddDotnetProject("api", "Api.csproj").WithHttpEndpoint().WithHttpHealthCheck("/health");
        Assert.Throws<DistributedApplicationException>(() => api.WithHttpProbe(ProbeType.Readiness, "/health"));
    }

    [Fact]
    public void A_health_check_takes_https_first_and_names_itself_after_what_it_asks()
    {
        var api = Model.Run(_folder).AddDotnetProject("api", "Api.csproj").WithHttpEndpoint().WithHttpsEndpoint()
            .WithHttpHealthCheck("/health").WithHttpHealthCheck("/ready", 204, "http");
        Assert.Equal(
            ["api_https_/health_200_check", "api_http_/ready_204_check"],
            api.Resource.Annotations.OfType<HealthCheckAnnotation>().Select(a => a.Key));
    }

    private static int? Port(IResourceBuilder<DotnetProjectResource> project) =>
        project.Resource.Annotations.OfType<EndpointAnnotation>().Single().Port;

    private void Profiles(params (string Name, string Profile)[] profiles)
    {
        var all = new JsonObject(profiles.Select(p => KeyValuePair.Create(p.Name, JsonNode.Parse(p.Profile))));
        _folder.File("Api/Properties/launchSettings.json", new JsonObject { ["profiles"] = all }.ToJsonString());
        _folder.File("Api/Api.csproj", "<Project/>");
    }
}
