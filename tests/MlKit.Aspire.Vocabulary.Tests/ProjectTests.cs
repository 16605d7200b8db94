using Aspire.Hosting.Dotnet;

namespace MlKit.Aspire.Vocabulary;

public sealed class ProjectTests
{
    private const string Profiles = """
        { "profiles": {
            "first": { "commandName": "Project", "applicationUrl": "http://localhost:5100;https://localhost:5101", "environmentVariables": { "FROM": "first" }, "commandLineArgs": "--a \"b c\"" },
            "second": { "commandName": "Project", "environmentVariables": { "FROM": "second" } } } }
        """;

    [Fact]
    public async Task AddDotnetProject_takes_endpoints_variables_and_arguments_of_its_launch_profile()
    {
        using var model = Model.Run();
        model.File("api/Properties/launchSettings.json", Profiles);
        var api = model.Project("api");
        Assert.Equal([("http", 5100), ("https", 5101)], api.Resource.Annotations.OfType<EndpointAnnotation>().Select(e => (e.Name, e.Port ?? 0)));
        var environment = await api.Allocate(7000).EnvironmentAsync();
        Assert.Equal(("first", "first", "http://localhost:7000;https://localhost:7001"), (environment["FROM"], environment["DOTNET_LAUNCH_PROFILE"], environment["ASPNETCORE_URLS"]));
        Assert.Equal(["--a", "b c"], await api.ArgumentsAsync());
        var second = model.Builder.AddDotnetProject("second", "api/api.csproj", options => options.LaunchProfileName = "second");
        Assert.Equal("second", (await second.EnvironmentAsync())["FROM"]);
        var none = model.Builder.AddDotnetProject("none", "api", options => options.ExcludeLaunchProfile = true);
        Assert.Empty(none.Resource.Annotations.OfType<EndpointAnnotation>());
        Assert.IsAssignableFrom<ExecutableResource>(api.Resource);
        Assert.IsNotAssignableFrom<ProjectResource>(api.Resource);
        Assert.NotNull(model.Builder.AddDotnetProject("bad", "no/such.csproj"));
    }

    [Fact]
    public async Task AddProject_is_the_older_form_with_the_same_defaults()
    {
        using var model = Model.Run();
        model.File("api/api.csproj", "<Project />");
        model.File("api/Properties/launchSettings.json", Profiles);
        var projects = new[]
        {
            model.Builder.AddProject("path", "api/api.csproj"),
            model.Builder.AddProject("profile", "api/api.csproj", "second"),
            model.Builder.AddProject("options", "api/api.csproj", options => options.ExcludeLaunchProfile = true),
            model.Builder.AddProject<Metadata>("type"),
            model.Builder.AddProject<Metadata>("type-profile", (string?)null),
            model.Builder.AddProject<Metadata>("type-options", _ => { }),
        };
        Assert.Equal(2, projects[0].Resource.Annotations.OfType<EndpointAnnotation>().Count());
        Assert.Equal("second", (await projects[1].EnvironmentAsync())["FROM"]);
        Assert.Empty(projects[2].Resource.Annotations.OfType<EndpointAnnotation>());
        Assert.All(projects, project => Assert.IsType<ProjectResource>(project.Resource));
    }

    [Fact]
    public void AddCSharpApp_takes_a_source_file()
    {
        using var model = Model.Run();
        model.File("app.cs", "");
        Assert.True(model.Builder.AddCSharpApp("a", "app.cs").Resource.GetProjectMetadata().IsFileBasedApp);
        Assert.IsType<CSharpAppResource>(model.Builder.AddCSharpApp("b", "app.cs", options => options.ExcludeLaunchProfile = true).Resource);
    }

    [Fact]
    public void WithProjectDefaults_counts_once_and_needs_metadata()
    {
        using var model = Model.Run();
        var project = model.Project();
        var count = project.Resource.Annotations.Count;
        Assert.Equal(count, project.WithProjectDefaults(new ProjectResourceOptions()).Resource.Annotations.Count);
        Assert.Throws<InvalidOperationException>(() => model.Program().WithProjectDefaults(new ProjectResourceOptions()));
    }

    [Fact]
    public void WithReplicas_holds_for_both_forms_of_projects()
    {
        using var model = Model.Run();
        Assert.Equal(3, model.Project().WithReplicas(3).Resource.GetReplicaCount());
        Assert.Equal(2, ProjectResourceBuilderExtensions.WithReplicas(model.Builder.AddProject("older", "x.csproj"), 2).Resource.GetReplicaCount());
        Assert.Equal(1, model.Program().Resource.GetReplicaCount());
    }

    [Fact]
    public async Task WithEndpointsInEnvironment_chooses_where_a_project_listens()
    {
        using var model = Model.Run();
        var project = model.Project().WithHttpEndpoint().WithHttpEndpoint(name: "admin").Allocate(7000).WithEndpointsInEnvironment(endpoint => endpoint.Name == "admin");
        Assert.Equal("http://localhost:7001", (await project.EnvironmentAsync())["ASPNETCORE_URLS"]);
    }

    [Fact]
    public async Task DisableForwardedHeaders_keeps_a_published_project_from_trusting_proxies()
    {
        using var model = Model.Publish();
        Assert.Equal("true", (await model.Project("a").WithHttpEndpoint().EnvironmentAsync())["ASPNETCORE_FORWARDEDHEADERS_ENABLED"]);
        Assert.DoesNotContain("ASPNETCORE_FORWARDEDHEADERS_ENABLED", (await model.Project("b").WithHttpEndpoint().DisableForwardedHeaders().EnvironmentAsync()).Keys);
    }

    [Fact]
    public async Task WithBuildEnvironment_is_for_the_build_only()
    {
        using var model = Model.Run();
        var project = model.Project().WithBuildEnvironment("A", "1").WithBuildEnvironment(context => context.EnvironmentVariables["B"] = "2").WithBuildEnvironment(_ => Task.CompletedTask);
        var environment = await project.EnvironmentAsync();
        Assert.DoesNotContain("A", environment.Keys);
        Assert.DoesNotContain("B", environment.Keys);
    }

    [Fact]
    public void WithDotnetProgramBuildEnvironment_refuses_source_files()
    {
        using var model = Model.Run();
        model.File("app.cs", "");
        Assert.Throws<DistributedApplicationException>(() => model.Builder.AddDotnetProject("app", "app.cs").WithDotnetProgramBuildEnvironment(_ => Task.CompletedTask));
    }

    [Fact]
    public void WithDotnetProgramPublishing_lets_a_program_become_an_image()
    {
        using var model = Model.Publish();
        Assert.True(model.Project().WithDotnetProgramPublishing().Resource.SupportsDotnetProgramPublishing());
        Assert.Throws<InvalidOperationException>(() => model.Builder.AddResource(new DotnetProjectResource("bare", ".")).WithDotnetProgramPublishing());
    }

    [Fact]
    public async Task AddExecutable_resolves_its_folder_and_takes_late_arguments()
    {
        using var model = Model.Run();
        var parameter = model.Builder.AddParameter("p", "v");
        var texts = model.Builder.AddExecutable("a", "tool", "sub", "x", "y");
        var values = model.Builder.AddExecutable("b", "tool", "sub", "x", parameter.Resource);
        Assert.Equal(("tool", Path.Combine(model.Folder, "sub")), (texts.Resource.Command, texts.Resource.WorkingDirectory));
        Assert.Equal(["x", "v"], await values.ArgumentsAsync());
    }

    [Fact]
    public void WithWorkingDirectory_is_relative_to_the_AppHost()
    {
        using var model = Model.Run();
        Assert.Equal(Path.Combine(model.Folder, "other"), model.Program().WithWorkingDirectory("other").Resource.WorkingDirectory);
    }

    private sealed class Metadata : IProjectMetadata
    {
        public string ProjectPath => Path.Combine(Path.GetTempPath(), "none.csproj");
    }
}
