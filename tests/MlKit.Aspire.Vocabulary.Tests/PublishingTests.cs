using System.Text;
using System.Text.Json;
using Aspire.Hosting.Kubernetes;
using Aspire.Hosting.Pipelines;
using Aspire.Hosting.Publishing;
using Microsoft.Extensions.DependencyInjection;

namespace MlKit.Aspire.Vocabulary;

public sealed class PublishingTests
{
    [Fact]
    public void ExcludeFromManifest_leaves_a_resource_out()
    {
        using var model = Model.Publish();
        Assert.True(model.Container().ExcludeFromManifest().Resource.IsExcludedFromPublish());
    }

    [Fact]
    public void ExcludeFromMcp_changes_nothing_else()
    {
        using var model = Model.Publish();
        Assert.False(model.Container().ExcludeFromMcp().Resource.IsExcludedFromPublish());
    }

    [Fact]
    public async Task WithManifestPublishingCallback_writes_the_resource()
    {
        using var model = Model.Publish();
        var container = model.Container().WithHttpEndpoint(targetPort: 80).WithEnvironment("A", "1").WithArgs("x").WithBindMount("data", "/data")
            .WithManifestPublishingCallback(context => context.Writer.WriteString("type", "sync"));
        container.WithManifestPublishingCallback(context => context.WriteContainerAsync(container.Resource));
        var manifest = await ManifestAsync(model, container);
        Assert.Equal(
            """{"type":"container.v0","image":"image:1","args":["x"],"bindMounts":[{"source":"data","target":"/data","readOnly":false}],"env":{"A":"1"},"bindings":{"http":{"scheme":"http","protocol":"tcp","transport":"http","targetPort":80}}}""",
            manifest);
    }

    [Fact]
    public async Task PublishAsConnectionString_writes_a_parameter_instead()
    {
        using var model = Model.Publish();
        var redis = model.Builder.AddRedis("cache").PublishAsConnectionString();
        Assert.Contains("\"parameter.v0\"", await ManifestAsync(model, redis), StringComparison.Ordinal);
    }

    [Fact]
    public void PublishAsContainer_takes_a_way_of_its_own_back()
    {
        using var model = Model.Publish();
        Assert.Empty(model.Container().WithManifestPublishingCallback(_ => { }).PublishAsContainer().Resource.Annotations.OfType<ManifestPublishingCallbackAnnotation>());
    }

    [Fact]
    public void PublishAsDockerFile_puts_a_container_in_the_place_of_a_program()
    {
        using var model = Model.Publish();
        model.Program("plain").PublishAsDockerFile();
        model.Program("args").PublishAsDockerFile([new DockerBuildArg("A", "1")]);
        model.Program("callback").PublishAsDockerFile(container => container.WithBuildArg("B", "2"));
        ProjectResourceBuilderExtensions.PublishAsDockerFile(model.Builder.AddProject("project", model.File("p/p.csproj", "<Project />")));
        Assert.Equal(["plain", "args", "callback", "project"], model.Builder.Resources.OfType<ContainerResource>().Select(r => r.Name));
        Assert.All(model.Builder.Resources, resource => Assert.True(resource.TryGetLastAnnotation<DockerfileBuildAnnotation>(out _)));
        using var running = Model.Run();
        running.Program().PublishAsDockerFile();
        Assert.IsType<ExecutableResource>(running.Builder.Resources.Single());
    }

    [Fact]
    public void PublishWithContainerFiles_takes_files_of_another_image_when_published()
    {
        using var model = Model.Publish();
        var pages = model.Builder.AddResource(new Pages("pages"));
        var project = model.Project().PublishWithContainerFiles(pages, "/wwwroot");
        Assert.Equal(("/wwwroot", pages.Resource), (project.Last<ContainerFilesDestinationAnnotation>().DestinationPath, project.Last<ContainerFilesDestinationAnnotation>().Source));
    }

    [Fact]
    public void WithContainerFilesSource_adds_a_path()
    {
        using var model = Model.Publish();
        Assert.Equal("/dist", model.Builder.AddResource(new Pages("pages")).WithContainerFilesSource("/dist").Last<ContainerFilesSourceAnnotation>().SourcePath);
    }

    [Fact]
    public void ClearContainerFilesSources_forgets_the_paths()
    {
        using var model = Model.Publish();
        Assert.Empty(model.Builder.AddResource(new Pages("pages")).WithContainerFilesSource("/dist").ClearContainerFilesSources().Resource.Annotations.OfType<ContainerFilesSourceAnnotation>());
    }

    [Fact]
    public async Task WithImagePushOptions_and_the_remote_names_say_how_an_image_is_pushed()
    {
        using var model = Model.Publish();
        var container = model.Container().WithRemoteImageName("org/app").WithRemoteImageTag("1").WithImagePushOptions(context => context.Options.RemoteImageTag += ".2")
            .WithImagePushOptions(_ => Task.CompletedTask);
        Assert.Equal(("org/app", "1.2"), await PushOptionsAsync(container));
    }

    [Fact]
    public async Task WithRemoteImageName_leaves_the_tag_alone()
    {
        using var model = Model.Publish();
        Assert.Equal(("n", null), await PushOptionsAsync(model.Container().WithRemoteImageName("n")));
    }

    [Fact]
    public async Task WithRemoteImageTag_leaves_the_name_alone()
    {
        using var model = Model.Publish();
        Assert.Equal((null, "t"), await PushOptionsAsync(model.Container().WithRemoteImageTag("t")));
    }

    [Fact]
    public void WithContainerBuildOptions_are_kept_for_the_build()
    {
        using var model = Model.Publish();
        var container = model.Container();
        var count = container.Resource.Annotations.Count;
        container.WithContainerBuildOptions(context => context.LocalImageTag = "x").WithContainerBuildOptions(_ => Task.CompletedTask);
        Assert.Equal(count + 2, container.Resource.Annotations.Count);
    }

    [Fact]
    public void AddContainerRegistry_is_in_the_model_when_published_only()
    {
        using var model = Model.Publish();
        model.Builder.AddContainerRegistry("a", "ghcr.io", "org");
        var registry = model.Builder.AddContainerRegistry("b", model.Builder.AddParameter("host", "h"));
        Assert.Equal("{host.value}", registry.Resource.Endpoint.ValueExpression);
        Assert.Equal(2, model.Builder.Resources.OfType<ContainerRegistryResource>().Count());
        using var running = Model.Run();
        running.Builder.AddContainerRegistry("a", "ghcr.io");
        Assert.Empty(running.Builder.Resources);
    }

    [Fact]
    public void WithContainerRegistry_says_where_an_image_goes()
    {
        using var model = Model.Publish();
        var registry = model.Builder.AddContainerRegistry("r", "ghcr.io");
        Assert.Same(registry.Resource, model.Container().WithContainerRegistry(registry).Last<ContainerRegistryReferenceAnnotation>().Registry);
    }

    [Fact]
    public void WithComputeEnvironment_says_where_a_resource_is_published()
    {
        using var model = Model.Publish();
        var environment = model.Builder.AddKubernetesEnvironment("k8s");
        Assert.Same(environment.Resource, model.Container().WithComputeEnvironment(environment).Resource.GetComputeEnvironment());
    }

    [Fact]
    public void AddKubernetesEnvironment_is_in_the_model_when_published_only()
    {
        using var running = Model.Run();
        running.Builder.AddKubernetesEnvironment("k8s");
        Assert.Empty(running.Builder.Resources);
    }

    [Fact]
    public void WithProperties_changes_the_defaults_of_an_environment()
    {
        using var model = Model.Publish();
        Assert.Equal("9Gi", model.Builder.AddKubernetesEnvironment("k8s").WithProperties(k8s => k8s.DefaultStorageSize = "9Gi").Resource.DefaultStorageSize);
    }

    [Fact]
    public void WithHelm_names_the_chart()
    {
        using var model = Model.Publish();
        var environment = model.Builder.AddKubernetesEnvironment("k8s");
        Assert.Same(environment.Resource, environment.WithHelm(helm => helm.WithChartName("mine").WithChartVersion("1.2.3")).Resource);
    }

    [Fact]
    public void WithDashboard_is_a_property_of_the_environment()
    {
        using var model = Model.Publish();
        Assert.False(model.Builder.AddKubernetesEnvironment("k8s").WithDashboard(false).Resource.DashboardEnabled);
    }

    [Fact]
    public void PublishAsKubernetesService_is_called_when_published_only()
    {
        using var model = Model.Publish();
        model.Builder.AddKubernetesEnvironment("k8s");
        Assert.NotNull(model.Container().PublishAsKubernetesService(_ => { }).Last<KubernetesServiceCustomizationAnnotation>().Configure);
        using var running = Model.Run();
        Assert.Empty(running.Container().PublishAsKubernetesService(_ => { }).Resource.Annotations.OfType<KubernetesServiceCustomizationAnnotation>());
    }

    [Fact]
    public async Task WithPipelineStepFactory_makes_steps()
    {
        using var model = Model.Publish();
        var container = model.Container()
            .WithPipelineStepFactory("named", _ => Task.CompletedTask, dependsOn: ["build"])
            .WithPipelineStepFactory(context => new PipelineStep { Name = $"{context.Resource.Name}-one", Action = _ => Task.CompletedTask });
        using var app = model.Builder.Build();
        var context = new PipelineContext(
            app.Services.GetRequiredService<DistributedApplicationModel>(), model.Builder.ExecutionContext, app.Services,
            Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance, TestContext.Current.CancellationToken);
        var steps = new List<PipelineStep>();
        foreach (var annotation in container.Resource.Annotations.OfType<PipelineStepAnnotation>())
        {
            steps.AddRange(await annotation.CreateStepsAsync(new PipelineStepFactoryContext { PipelineContext = context, Resource = container.Resource }));
        }

        Assert.Equal(["named", "container-one"], steps.Select(s => s.Name));
        Assert.Equal(["build"], steps[0].DependsOnSteps);
    }

    [Fact]
    public void WithPipelineConfiguration_sees_all_steps()
    {
        using var model = Model.Publish();
        var container = model.Container().WithPipelineConfiguration(context => _ = context.Steps.Count).WithPipelineConfiguration(_ => Task.CompletedTask);
        Assert.Equal(2, container.Resource.Annotations.OfType<PipelineConfigurationAnnotation>().Count());
    }

    [Fact]
    public void WithFinalAction_and_DisableBuildOnlyContainerValidation_give_the_pipeline_back()
    {
        using var model = Model.Publish();
        Assert.Same(model.Builder.Pipeline, model.Builder.Pipeline.WithFinalAction(WellKnownPipelineSteps.Publish, _ => Task.CompletedTask));
    }

    [Fact]
    public void DisableBuildOnlyContainerValidation_gives_the_pipeline_back()
    {
        using var model = Model.Publish();
        Assert.Same(model.Builder.Pipeline, model.Builder.Pipeline.DisableBuildOnlyContainerValidation());
    }

    private static async Task<(string? Name, string? Tag)> PushOptionsAsync(IResourceBuilder<ContainerResource> container)
    {
        var options = new ContainerImagePushOptions();
        foreach (var annotation in container.Resource.Annotations.OfType<ContainerImagePushOptionsCallbackAnnotation>())
        {
            await annotation.Callback(new ContainerImagePushOptionsCallbackContext { Resource = container.Resource, Options = options, CancellationToken = TestContext.Current.CancellationToken });
        }

        return (options.RemoteImageName, options.RemoteImageTag);
    }

    private static async Task<string> ManifestAsync(Model model, IResourceBuilder<IResource> resource)
    {
        using var stream = new MemoryStream();
        await using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            var context = new ManifestPublishingContext(model.Builder.ExecutionContext, Path.Combine(model.Folder, "manifest.json"), writer, TestContext.Current.CancellationToken);
            await resource.Last<ManifestPublishingCallbackAnnotation>().Callback!(context);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private sealed class Pages(string name) : Resource(name), IResourceWithContainerFiles;
}
