using System.Diagnostics.CodeAnalysis;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Adds .NET projects in the form of Aspire before 17.0.</summary>
public static class ProjectResourceBuilderExtensions
{
    private const string Obsoletion = "Use AddDotnetProject instead.";

    /// <summary>Adds a .NET project.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The name of the resource.</param>
    [Obsolete(Obsoletion)]
    public static IResourceBuilder<ProjectResource> AddProject<TProject>(this IDistributedApplicationBuilder builder, [ResourceName] string name)
        where TProject : IProjectMetadata, new() => Add(builder, name, new TProject(), new ProjectResourceOptions());

    /// <summary>Adds a .NET project.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The name of the resource.</param>
    /// <param name="projectPath">The project file, relative to the AppHost's folder.</param>
    [Obsolete(Obsoletion)]
    public static IResourceBuilder<ProjectResource> AddProject(this IDistributedApplicationBuilder builder, [ResourceName] string name, string projectPath) =>
        Add(builder, name, Find(builder, projectPath), new ProjectResourceOptions());

    /// <summary>Adds a .NET project.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The name of the resource.</param>
    /// <param name="launchProfileName">The launch profile; null for none.</param>
    [Obsolete(Obsoletion)]
    public static IResourceBuilder<ProjectResource> AddProject<TProject>(this IDistributedApplicationBuilder builder, [ResourceName] string name, string? launchProfileName)
        where TProject : IProjectMetadata, new() => Add(builder, name, new TProject(), Profile(launchProfileName));

    /// <summary>Adds a .NET project.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The name of the resource.</param>
    /// <param name="projectPath">The project file, relative to the AppHost's folder.</param>
    /// <param name="launchProfileName">The launch profile; null for none.</param>
    [Obsolete(Obsoletion)]
    public static IResourceBuilder<ProjectResource> AddProject(this IDistributedApplicationBuilder builder, [ResourceName] string name, string projectPath, string? launchProfileName) =>
        Add(builder, name, Find(builder, projectPath), Profile(launchProfileName));

    /// <summary>Adds a .NET project.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The name of the resource.</param>
    /// <param name="configure">Says what of the project's own settings counts.</param>
    [Obsolete(Obsoletion)]
    public static IResourceBuilder<ProjectResource> AddProject<TProject>(this IDistributedApplicationBuilder builder, [ResourceName] string name, Action<ProjectResourceOptions> configure)
        where TProject : IProjectMetadata, new() => Add(builder, name, new TProject(), Configured(configure));

    /// <summary>Adds a .NET project.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The name of the resource.</param>
    /// <param name="projectPath">The project file, relative to the AppHost's folder.</param>
    /// <param name="configure">Says what of the project's own settings counts.</param>
    [Obsolete(Obsoletion)]
    public static IResourceBuilder<ProjectResource> AddProject(this IDistributedApplicationBuilder builder, [ResourceName] string name, string projectPath, Action<ProjectResourceOptions> configure) =>
        Add(builder, name, Find(builder, projectPath), Configured(configure));

    /// <summary>Adds a C# source file, or a project, that runs as a program.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The name of the resource.</param>
    /// <param name="path">The file, or a project file or folder; relative to the AppHost's folder.</param>
    [Experimental("ASPIRECSHARPAPPS001")]
    [Obsolete(Obsoletion)]
    public static IResourceBuilder<ProjectResource> AddCSharpApp(this IDistributedApplicationBuilder builder, [ResourceName] string name, string path) =>
        Add(builder, new CSharpAppResource(name), Find(builder, path), new ProjectResourceOptions());

    /// <summary>Adds a C# source file, or a project, that runs as a program.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The name of the resource.</param>
    /// <param name="path">The file, or a project file or folder; relative to the AppHost's folder.</param>
    /// <param name="configure">Says what of the project's own settings counts.</param>
    [Experimental("ASPIRECSHARPAPPS001")]
    [Obsolete(Obsoletion)]
    public static IResourceBuilder<CSharpAppResource> AddCSharpApp(this IDistributedApplicationBuilder builder, [ResourceName] string name, string path, Action<ProjectResourceOptions> configure) =>
        Add(builder, new CSharpAppResource(name), Find(builder, path), Configured(configure));

    /// <summary>Publishes the project as a container, built from the Dockerfile in its folder.</summary>
    /// <param name="builder">The project.</param>
    /// <param name="configure">Changes the container.</param>
    public static IResourceBuilder<T> PublishAsDockerFile<T>(this IResourceBuilder<T> builder, Action<IResourceBuilder<ContainerResource>>? configure = null)
        where T : ProjectResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        DockerFilePublishing.Replace(builder, Path.GetDirectoryName(builder.Resource.GetProjectMetadata().ProjectPath)!, configure);
        return builder;
    }

    /// <summary>Keeps the published project from trusting the headers of a proxy.</summary>
    /// <param name="builder">The project.</param>
    public static IResourceBuilder<ProjectResource> DisableForwardedHeaders(this IResourceBuilder<ProjectResource> builder) =>
        DotnetProgramResourceBuilderExtensions.DisableForwardedHeaders(builder);

    /// <summary>Chooses the endpoints that the project is told to listen on.</summary>
    /// <param name="builder">The project.</param>
    /// <param name="filter">Whether an endpoint is among them.</param>
    public static IResourceBuilder<ProjectResource> WithEndpointsInEnvironment(this IResourceBuilder<ProjectResource> builder, Func<EndpointAnnotation, bool> filter) =>
        DotnetProgramResourceBuilderExtensions.WithEndpointsInEnvironment(builder, filter);

    /// <summary>Sets how many processes of the project run.</summary>
    /// <param name="builder">The project.</param>
    /// <param name="replicas">How many.</param>
    public static IResourceBuilder<ProjectResource> WithReplicas(this IResourceBuilder<ProjectResource> builder, int replicas) =>
        DotnetProgramResourceBuilderExtensions.WithReplicas(builder, replicas);

    /// <summary>
    /// Gives a resource with project metadata what a .NET project gets: telemetry, its launch profile, its endpoints and
    /// where to listen. A second call changes nothing.
    /// </summary>
    /// <param name="builder">The resource.</param>
    /// <param name="options">Says what of the project's own settings counts.</param>
    /// <exception cref="InvalidOperationException">The resource has no project metadata.</exception>
    [Experimental("ASPIREPROJECTS001")]
    public static IResourceBuilder<TProjectResource> WithProjectDefaults<TProjectResource>(this IResourceBuilder<TProjectResource> builder, ProjectResourceOptions options)
        where TProjectResource : class, IResourceWithEnvironment, IResourceWithEndpoints, IResourceWithArgs
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(options);
        var project = builder.Resource.Annotations.OfType<IProjectMetadata>().LastOrDefault() ?? throw new InvalidOperationException(
            $"Resource '{builder.Resource.Name}' has no project metadata.");
        if (!builder.Resource.HasAnnotationOfType<ProjectDefaultsAnnotation>())
        {
            builder.WithAnnotation(new ProjectDefaultsAnnotation());
            ProjectDefaults.Apply(builder, project, options);
        }

        return builder;
    }

    private static IResourceBuilder<ProjectResource> Add(IDistributedApplicationBuilder builder, string name, IProjectMetadata project, ProjectResourceOptions options) =>
        Add(builder, new ProjectResource(name), project, options);

    private static IResourceBuilder<T> Add<T>(IDistributedApplicationBuilder builder, T resource, IProjectMetadata project, ProjectResourceOptions options)
        where T : ProjectResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddResource(resource)
            .WithAnnotation(project)
            .WithIconName("CodeCsRectangle")
            .WithProjectDefaults(options);
    }

    private static ProjectMetadata Find(IDistributedApplicationBuilder builder, string projectPath)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(projectPath);
        return ProjectMetadata.Find(projectPath, builder.AppHostDirectory);
    }

    private static ProjectResourceOptions Profile(string? launchProfileName) =>
        new() { LaunchProfileName = launchProfileName, ExcludeLaunchProfile = launchProfileName is null };

    private static ProjectResourceOptions Configured(Action<ProjectResourceOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var options = new ProjectResourceOptions();
        configure(options);
        return options;
    }
}
