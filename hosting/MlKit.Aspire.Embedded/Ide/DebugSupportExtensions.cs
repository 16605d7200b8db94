using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Configuration;
using MlKit.Aspire.Embedded.Containers;
using MlKit.Aspire.Embedded.Ide;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Asks how an IDE starts a resource.</summary>
[Experimental("ASPIREEXTENSION001")]
public static class DebugSupportExtensions
{
    /// <summary>What the IDE is told to start.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="mode">One of <see cref="ExecutableLaunchMode"/>.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="InvalidOperationException">The resource has no debug support, or its callback gave nothing.</exception>
    public static Task<object> CreateLaunchConfigurationAsync(this IResource resource, string mode, CancellationToken cancellationToken = default) =>
        resource.CreateLaunchConfigurationAsync(mode, new Dictionary<string, string>(), cancellationToken);

    /// <summary>Whether the arguments that only a launch tool needs belong to a kind of launch configuration.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="supportsDebuggingAnnotation">Says the kind.</param>
    public static bool HasLaunchToolArgsOwnedBy(this IResource resource, SupportsDebuggingAnnotation supportsDebuggingAnnotation)
    {
        ArgumentNullException.ThrowIfNull(resource);
        ArgumentNullException.ThrowIfNull(supportsDebuggingAnnotation);
        return resource.Annotations.OfType<LaunchToolArgsAnnotation>()
            .Any(a => a.OwnedByLaunchConfigurationType == supportsDebuggingAnnotation.LaunchConfigurationType);
    }

    /// <summary>Whether the IDE that started this host takes the resource.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="configuration">Has what the IDE said about itself.</param>
    /// <param name="supportsDebuggingAnnotation">Says the kind of program.</param>
    public static bool SupportsDebugging(this IResource resource, IConfiguration configuration, out SupportsDebuggingAnnotation? supportsDebuggingAnnotation)
    {
        ArgumentNullException.ThrowIfNull(resource);
        ArgumentNullException.ThrowIfNull(configuration);
        supportsDebuggingAnnotation = resource.Annotations.OfType<SupportsDebuggingAnnotation>().LastOrDefault();
        return supportsDebuggingAnnotation is not null
            && IdeSettings.Read(configuration) is { } ide
            && !Lifetimes.IsPersistent(resource)
            && ide.Supports(supportsDebuggingAnnotation.LaunchConfigurationType);
    }

    internal static async Task<object> CreateLaunchConfigurationAsync(
        this IResource resource, string mode, IReadOnlyDictionary<string, string> variables, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(resource);
        var support = resource.Annotations.OfType<SupportsDebuggingAnnotation>().LastOrDefault()
            ?? throw new InvalidOperationException($"Resource '{resource.Name}' has no debug support. Call WithDebugSupport first.");
        return await support.Producer(new LaunchConfigurationCallbackContext(mode, resource, variables, cancellationToken)).ConfigureAwait(false)
            ?? throw new InvalidOperationException($"The debug support of resource '{resource.Name}' gave no launch configuration.");
    }
}

/// <summary>Arguments that only the tool that launches the program needs, such as those before the path of a script.</summary>
/// <param name="callback">Adds them.</param>
/// <param name="owner">The kind of launch configuration that brings its own, so that an IDE which takes it gets none of these.</param>
/// <param name="isShown">Whether the dashboard shows them.</param>
internal sealed class LaunchToolArgsAnnotation(Func<CommandLineArgsCallbackContext, Task> callback, string? owner, bool isShown) : IResourceAnnotation
{
    public Func<CommandLineArgsCallbackContext, Task> Callback { get; } = callback;

    public string? OwnedByLaunchConfigurationType { get; } = owner;

    public bool IsShown { get; } = isShown;
}
