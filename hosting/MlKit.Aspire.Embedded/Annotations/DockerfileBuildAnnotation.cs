namespace Aspire.Hosting.ApplicationModel;

/// <summary>How the image of a resource is built.</summary>
/// <param name="contextPath">The absolute path of the folder that the build sees.</param>
/// <param name="dockerfilePath">The absolute path of the Dockerfile.</param>
/// <param name="stage">The stage that is built; null is the last one.</param>
public class DockerfileBuildAnnotation(string contextPath, string dockerfilePath, string? stage) : IResourceAnnotation
{
    /// <summary>The absolute path of the folder that the build sees.</summary>
    public string ContextPath { get; } = contextPath ?? throw new ArgumentNullException(nameof(contextPath));

    /// <summary>The absolute path of the Dockerfile.</summary>
    public string DockerfilePath { get; } = dockerfilePath ?? throw new ArgumentNullException(nameof(dockerfilePath));

    /// <summary>The stage that is built; null is the last one.</summary>
    public string? Stage { get; } = stage;

    /// <summary>The build arguments.</summary>
    public Dictionary<string, object?> BuildArguments { get; } = [];

    /// <summary>The build secrets.</summary>
    public Dictionary<string, object> BuildSecrets { get; } = [];

    /// <summary>Makes the Dockerfile; null where there is one.</summary>
    public Func<DockerfileFactoryContext, Task<string>>? DockerfileFactory { get; init; }

    /// <summary>What a <c>.dockerignore</c> beside a made Dockerfile says; null for none.</summary>
    public string? BuildContextIgnoreContent { get; set; }

    /// <summary>The name of the image.</summary>
    public string? ImageName { get; set; }

    /// <summary>The tag of the image.</summary>
    public string? ImageTag { get; set; }

    /// <summary>Whether the image says itself what runs.</summary>
    public bool HasEntrypoint { get; set; } = true;

    /// <summary>Writes the Dockerfile where it is made, and what the build leaves out.</summary>
    /// <param name="context">What the Dockerfile is made from.</param>
    /// <param name="dockerfilePath">Where to; the default is <see cref="DockerfilePath"/>.</param>
    public async Task EmitDockerfileArtifactsAsync(DockerfileFactoryContext context, string? dockerfilePath = null)
    {
        ArgumentNullException.ThrowIfNull(context);
        var path = dockerfilePath ?? DockerfilePath;
        if (DockerfileFactory is { } factory)
        {
            var text = await factory(context).ConfigureAwait(false);
            await File.WriteAllTextAsync(path, text, context.CancellationToken).ConfigureAwait(false);
        }

        if (BuildContextIgnoreContent is { } ignore)
        {
            await File.WriteAllTextAsync($"{path}.dockerignore", ignore, context.CancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Writes the Dockerfile where it is made.</summary>
    /// <param name="context">What it is made from.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public Task MaterializeDockerfileAsync(DockerfileFactoryContext context, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return EmitDockerfileArtifactsAsync(context);
    }
}
