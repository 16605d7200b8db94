using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Publishes programs and projects as containers that a Dockerfile builds.</summary>
internal static class DockerFilePublishing
{
    /// <summary>Puts a container in the place of the resource, in publish mode only.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="folder">The folder with the Dockerfile.</param>
    /// <param name="configure">Changes the container.</param>
    public static void Replace<T>(IResourceBuilder<T> builder, string folder, Action<IResourceBuilder<ContainerResource>>? configure)
        where T : IResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        var application = builder.ApplicationBuilder;
        if (application.ExecutionContext.IsRunMode)
        {
            return;
        }

        var container = application.Resources.OfType<ExecutableContainerResource>().FirstOrDefault(c => c.Name == builder.Resource.Name);
        if (container is null)
        {
            application.Resources.Remove(builder.Resource);
            container = new ExecutableContainerResource(builder.Resource);
            application.AddResource(container).WithDockerfile(folder);
        }

        configure?.Invoke(application.CreateResourceBuilder<ContainerResource>(container));
    }
}

/// <summary>A build argument of a Dockerfile.</summary>
/// <param name="name">Its name.</param>
/// <param name="value">Its value; null takes it from the environment.</param>
public class DockerBuildArg(string name, object? value = null)
{
    /// <summary>Its name.</summary>
    public string Name { get; init; } = name;

    /// <summary>Its value; null takes it from the environment.</summary>
    public object? Value { get; init; } = value;
}
