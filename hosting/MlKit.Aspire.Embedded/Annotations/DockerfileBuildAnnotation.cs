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

    /// <summary>The name of the image.</summary>
    public string? ImageName { get; set; }

    /// <summary>The tag of the image.</summary>
    public string? ImageTag { get; set; }

    /// <summary>Whether the image says itself what runs.</summary>
    public bool HasEntrypoint { get; set; } = true;
}
