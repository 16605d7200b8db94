using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Adds programs that run as processes of this machine.</summary>
public static partial class ExecutableResourceBuilderExtensions
{
    /// <summary>Adds a program.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The name of the resource.</param>
    /// <param name="command">A path relative to the AppHost's folder, or a name looked up in PATH.</param>
    /// <param name="workingDirectory">The folder it starts in, relative to the AppHost's.</param>
    /// <param name="args">Its arguments.</param>
    public static IResourceBuilder<ExecutableResource> AddExecutable(this IDistributedApplicationBuilder builder, [ResourceName] string name, string command, string workingDirectory, params string[]? args) =>
        builder.AddExecutable(name, command, workingDirectory, (object[]?)args);

    /// <summary>Adds a program.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The name of the resource.</param>
    /// <param name="command">A path relative to the AppHost's folder, or a name looked up in PATH.</param>
    /// <param name="workingDirectory">The folder it starts in, relative to the AppHost's.</param>
    /// <param name="args">Its arguments: strings, or values that are known later.</param>
    public static IResourceBuilder<ExecutableResource> AddExecutable(this IDistributedApplicationBuilder builder, [ResourceName] string name, string command, string workingDirectory, params object[]? args)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(workingDirectory);
        var folder = Path.GetFullPath(workingDirectory, builder.AppHostDirectory);
        var executable = builder.AddResource(new ExecutableResource(name, command, folder));
        return args is { Length: > 0 } ? executable.WithArgs(args) : executable;
    }

    /// <summary>Publishes the program as a container, built from the Dockerfile in its folder.</summary>
    /// <param name="builder">The resource.</param>
    public static IResourceBuilder<T> PublishAsDockerFile<T>(this IResourceBuilder<T> builder)
        where T : ExecutableResource => builder.PublishAsDockerFile((Action<IResourceBuilder<ContainerResource>>?)null);

    /// <summary>Publishes the program as a container, built from the Dockerfile in its folder.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="buildArgs">Build arguments.</param>
    [Obsolete("Use PublishAsDockerFile with a callback and WithBuildArg instead.")]
    public static IResourceBuilder<T> PublishAsDockerFile<T>(this IResourceBuilder<T> builder, IEnumerable<DockerBuildArg>? buildArgs)
        where T : ExecutableResource => builder.PublishAsDockerFile(container =>
        {
            foreach (var argument in buildArgs ?? [])
            {
                container.WithBuildArg(argument.Name, argument.Value);
            }
        });

    /// <summary>Publishes the program as a container, built from the Dockerfile in its folder.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="configure">Changes the container.</param>
    public static IResourceBuilder<T> PublishAsDockerFile<T>(this IResourceBuilder<T> builder, Action<IResourceBuilder<ContainerResource>>? configure)
        where T : ExecutableResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        DockerFilePublishing.Replace(builder, builder.Resource.WorkingDirectory, configure);
        return builder;
    }

    /// <summary>Changes the program.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="command">A path relative to the AppHost's folder, or a name looked up in PATH.</param>
    public static IResourceBuilder<T> WithCommand<T>(this IResourceBuilder<T> builder, string command)
        where T : ExecutableResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(command);
        builder.Resource.Annotations.OfType<ExecutableAnnotation>().Last().Command = command;
        return builder;
    }

    /// <summary>Changes the folder that the program starts in.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="workingDirectory">The folder, relative to the AppHost's.</param>
    public static IResourceBuilder<T> WithWorkingDirectory<T>(this IResourceBuilder<T> builder, string workingDirectory)
        where T : ExecutableResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(workingDirectory);
        var executable = builder.Resource.Annotations.OfType<ExecutableAnnotation>().Last();
        executable.WorkingDirectory = Path.GetFullPath(workingDirectory, builder.ApplicationBuilder.AppHostDirectory);
        executable.WorkingDirectoryExplicitlySet = true;
        return builder;
    }
}

/// <summary>Finds programs in a model.</summary>
public static class ExecutableResourceExtensions
{
    /// <summary>The programs of a model, .NET projects of <c>AddDotnetProject</c> included.</summary>
    /// <param name="model">The model.</param>
    public static IEnumerable<ExecutableResource> GetExecutableResources(this DistributedApplicationModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return model.Resources.OfType<ExecutableResource>();
    }
}
