using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A resource whose image has files that others take.</summary>
public interface IResourceWithContainerFiles : IResource;

/// <summary>A path whose files others take from the resource's image.</summary>
public sealed class ContainerFilesSourceAnnotation : IResourceAnnotation
{
    /// <summary>The path inside the image.</summary>
    public required string SourcePath { get; init; }
}

/// <summary>Files that the image of a resource takes from another one's.</summary>
public sealed class ContainerFilesDestinationAnnotation : IResourceAnnotation
{
    /// <summary>The resource whose image has them.</summary>
    public required IResource Source { get; init; }

    /// <summary>The folder inside the image that gets them.</summary>
    public required string DestinationPath { get; init; }
}

/// <summary>How an image is pushed.</summary>
[Experimental("ASPIREPIPELINES003")]
public sealed class ContainerImagePushOptions
{
    /// <summary>The name in the registry, without registry and tag; the default is that of the resource.</summary>
    public string? RemoteImageName { get; set; }

    /// <summary>The tag in the registry; the default is <c>latest</c>.</summary>
    public string? RemoteImageTag { get; set; }
}

/// <summary>What a callback that changes how an image is pushed works on.</summary>
[Experimental("ASPIREPIPELINES003")]
public sealed class ContainerImagePushOptionsCallbackContext
{
    /// <summary>The resource.</summary>
    public required IResource Resource { get; init; }

    /// <summary>The options.</summary>
    public required ContainerImagePushOptions Options { get; init; }

    /// <summary>Ends the work.</summary>
    public required CancellationToken CancellationToken { get; init; }
}

/// <summary>Changes how an image is pushed.</summary>
/// <param name="callback">Changes the options.</param>
[Experimental("ASPIREPIPELINES003")]
public sealed class ContainerImagePushOptionsCallbackAnnotation(Func<ContainerImagePushOptionsCallbackContext, Task> callback) : IResourceAnnotation
{
    /// <summary>Changes the options.</summary>
    public Func<ContainerImagePushOptionsCallbackContext, Task> Callback { get; } = callback ?? throw new ArgumentNullException(nameof(callback));
}

/// <summary>Leaves a resource out of what tools that speak MCP see.</summary>
internal sealed class ExcludeFromMcpAnnotation : IResourceAnnotation;
