using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The layout of an image.</summary>
[Experimental("ASPIREPIPELINES003")]
public enum ContainerImageFormat
{
    /// <summary>Docker's.</summary>
    Docker = 0,

    /// <summary>The Open Container Initiative's.</summary>
    Oci = 1,
}

/// <summary>Where a built image goes.</summary>
[Experimental("ASPIREPIPELINES003")]
public enum ContainerImageDestination
{
    /// <summary>To a registry.</summary>
    Registry = 0,

    /// <summary>To a file.</summary>
    Archive = 1,
}

/// <summary>The systems that an image is for.</summary>
[Flags]
[Experimental("ASPIREPIPELINES003")]
public enum ContainerTargetPlatform
{
    /// <summary>Linux on x64.</summary>
    LinuxAmd64 = 1,

    /// <summary>Linux on 64-bit ARM.</summary>
    LinuxArm64 = 2,

    /// <summary>Linux on 32-bit ARM.</summary>
    LinuxArm = 4,

    /// <summary>Linux on x86.</summary>
    Linux386 = 8,

    /// <summary>Windows on x64.</summary>
    WindowsAmd64 = 16,

    /// <summary>Windows on 64-bit ARM.</summary>
    WindowsArm64 = 32,

    /// <summary>Linux on x64 and 64-bit ARM.</summary>
    AllLinux = LinuxAmd64 | LinuxArm64,
}

/// <summary>What a callback that changes how an image is built works on.</summary>
/// <param name="resource">The resource.</param>
/// <param name="services">The services of the application.</param>
/// <param name="logger">The log of the resource.</param>
/// <param name="cancellationToken">Ends the work.</param>
/// <param name="executionContext">Run or publish.</param>
[Experimental("ASPIREPIPELINES003")]
public sealed class ContainerBuildOptionsCallbackContext(
    IResource resource, IServiceProvider services, ILogger logger, CancellationToken cancellationToken, DistributedApplicationExecutionContext executionContext)
{
    /// <summary>The resource.</summary>
    public IResource Resource { get; } = resource ?? throw new ArgumentNullException(nameof(resource));

    /// <summary>The services of the application.</summary>
    public IServiceProvider Services { get; } = services ?? throw new ArgumentNullException(nameof(services));

    /// <summary>The log of the resource.</summary>
    public ILogger Logger { get; } = logger ?? throw new ArgumentNullException(nameof(logger));

    /// <summary>Ends the work.</summary>
    public CancellationToken CancellationToken { get; } = cancellationToken;

    /// <summary>Run or publish.</summary>
    public DistributedApplicationExecutionContext ExecutionContext { get; } = executionContext ?? throw new ArgumentNullException(nameof(executionContext));

    /// <summary>The folder of an archive.</summary>
    public string? OutputPath { get; set; }

    /// <summary>The layout.</summary>
    public ContainerImageFormat? ImageFormat { get; set; }

    /// <summary>The systems that it is for.</summary>
    public ContainerTargetPlatform? TargetPlatform { get; set; }

    /// <summary>Its name on this machine.</summary>
    public string? LocalImageName { get; set; }

    /// <summary>Its tag on this machine.</summary>
    public string? LocalImageTag { get; set; }

    /// <summary>Where it goes.</summary>
    public ContainerImageDestination? Destination { get; set; }
}

/// <summary>Changes how an image is built.</summary>
/// <param name="callback">Changes the options.</param>
[Experimental("ASPIREPIPELINES003")]
public sealed class ContainerBuildOptionsCallbackAnnotation(Func<ContainerBuildOptionsCallbackContext, Task> callback) : IResourceAnnotation
{
    /// <summary>Changes the options.</summary>
    public Func<ContainerBuildOptionsCallbackContext, Task> Callback { get; } = callback ?? throw new ArgumentNullException(nameof(callback));
}
