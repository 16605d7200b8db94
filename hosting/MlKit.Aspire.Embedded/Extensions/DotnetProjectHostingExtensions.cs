using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dotnet;

namespace Aspire.Hosting;

/// <summary>Adds .NET projects.</summary>
public static class DotnetProjectHostingExtensions
{
    /// <summary>Adds a .NET project that the host builds and starts.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The name of the resource.</param>
    /// <param name="path">A project file, a folder with exactly one, or a C# source file; relative to the AppHost's folder.
    /// A path that leads nowhere fails the resource at its start, not the application.</param>
    public static IResourceBuilder<DotnetProjectResource> AddDotnetProject(this IDistributedApplicationBuilder builder, [ResourceName] string name, string path) =>
        builder.AddDotnetProject(name, path, _ => { });

    /// <summary>Adds a .NET project that the host builds and starts.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The name of the resource.</param>
    /// <param name="path">A project file, a folder with exactly one, or a C# source file; relative to the AppHost's folder.
    /// A path that leads nowhere fails the resource at its start, not the application.</param>
    /// <param name="configure">Says what of the project's own settings counts.</param>
    public static IResourceBuilder<DotnetProjectResource> AddDotnetProject(this IDistributedApplicationBuilder builder, [ResourceName] string name, string path, Action<ProjectResourceOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(configure);
        var options = new ProjectResourceOptions();
        configure(options);
        var project = ProjectMetadata.Find(path, builder.AppHostDirectory);
        var folder = Path.GetDirectoryName(project.ProjectPath) ?? builder.AppHostDirectory;
        return builder.AddResource(new DotnetProjectResource(name, folder))
            .WithAnnotation(project)
            .WithIconName("CodeCsRectangle")
            .WithProjectDefaults(options);
    }

    /// <summary>Sets a variable for the build of the project only; not for secrets.</summary>
    /// <param name="builder">The project.</param>
    /// <param name="name">The name of the variable.</param>
    /// <param name="value">Its value.</param>
    public static IResourceBuilder<DotnetProjectResource> WithBuildEnvironment(this IResourceBuilder<DotnetProjectResource> builder, string name, string value)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return builder.WithBuildEnvironment(context => context.EnvironmentVariables[name] = value);
    }

    /// <summary>Sets variables for the build of the project only; not for secrets.</summary>
    /// <param name="builder">The project.</param>
    /// <param name="callback">Gets those set so far.</param>
    public static IResourceBuilder<DotnetProjectResource> WithBuildEnvironment(this IResourceBuilder<DotnetProjectResource> builder, Action<EnvironmentCallbackContext> callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        return builder.WithBuildEnvironment(context =>
        {
            callback(context);
            return Task.CompletedTask;
        });
    }

    /// <summary>Sets variables for the build of the project only; not for secrets.</summary>
    /// <param name="builder">The project.</param>
    /// <param name="callback">Gets those set so far.</param>
    public static IResourceBuilder<DotnetProjectResource> WithBuildEnvironment(this IResourceBuilder<DotnetProjectResource> builder, Func<EnvironmentCallbackContext, Task> callback) =>
        builder.WithDotnetProgramBuildEnvironment(callback);
}
