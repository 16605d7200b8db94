using Aspire.Hosting.ApplicationModel.Docker;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>What the maker of a Dockerfile works on.</summary>
public sealed class DockerfileFactoryContext
{
    /// <summary>The services of the application.</summary>
    public required IServiceProvider Services { get; init; }

    /// <summary>The resource whose image is built.</summary>
    public required IResource Resource { get; init; }

    /// <summary>Ends the work.</summary>
    public required CancellationToken CancellationToken { get; init; }
}

/// <summary>What a callback that composes a Dockerfile works on.</summary>
/// <param name="resource">The resource whose image is built.</param>
/// <param name="builder">The Dockerfile.</param>
/// <param name="services">The services of the application.</param>
/// <param name="cancellationToken">Ends the work.</param>
public class DockerfileBuilderCallbackContext(IResource resource, DockerfileBuilder builder, IServiceProvider services, CancellationToken cancellationToken)
{
    /// <summary>The resource whose image is built.</summary>
    public IResource Resource { get; } = resource ?? throw new ArgumentNullException(nameof(resource));

    /// <summary>The Dockerfile.</summary>
    public DockerfileBuilder Builder { get; } = builder ?? throw new ArgumentNullException(nameof(builder));

    /// <summary>The services of the application.</summary>
    public IServiceProvider Services { get; } = services ?? throw new ArgumentNullException(nameof(services));

    /// <summary>Ends the work.</summary>
    public CancellationToken CancellationToken { get; } = cancellationToken;
}

/// <summary>Composes a Dockerfile.</summary>
internal sealed class DockerfileBuilderCallbackAnnotation(Func<DockerfileBuilderCallbackContext, Task> callback) : IResourceAnnotation
{
    public Func<DockerfileBuilderCallbackContext, Task> Callback { get; } = callback;
}

/// <summary>The images that a made Dockerfile starts from.</summary>
/// <param name="buildImage">For the stage that builds; null leaves it to the maker.</param>
/// <param name="runtimeImage">For the stage that runs; null leaves it to the maker.</param>
public sealed class DockerfileBaseImageAnnotation(string? buildImage, string? runtimeImage) : IResourceAnnotation
{
    /// <summary>For the stage that builds.</summary>
    public string? BuildImage { get; } = buildImage;

    /// <summary>For the stage that runs.</summary>
    public string? RuntimeImage { get; } = runtimeImage;
}
