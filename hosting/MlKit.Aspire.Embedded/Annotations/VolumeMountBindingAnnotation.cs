namespace Aspire.Hosting.ApplicationModel;

/// <summary>Tells a resource where a volume is.</summary>
/// <param name="volumeName">The name of the volume.</param>
public sealed class VolumeMountBindingAnnotation(string volumeName) : IResourceAnnotation
{
    /// <summary>The name of the volume.</summary>
    public string VolumeName { get; } = volumeName ?? throw new ArgumentNullException(nameof(volumeName));

    /// <summary>The variable that receives the path.</summary>
    public string? EnvironmentVariableName { get; init; }

    /// <summary>The path inside a container.</summary>
    public string? MountPath { get; init; }

    /// <summary>Finds the folder for a process of this machine.</summary>
    public Func<EnvironmentCallbackContext, string>? RunModeHostPathResolver { get; init; }

    /// <summary>The path for a resource.</summary>
    /// <param name="context">Whose path is asked for.</param>
    /// <exception cref="InvalidOperationException">The volume has no path there.</exception>
    public string ResolvePath(EnvironmentCallbackContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var onThisMachine = context.ExecutionContext.IsRunMode && !context.Resource.IsContainer();
        return (onThisMachine ? RunModeHostPathResolver?.Invoke(context) : MountPath) ?? throw new InvalidOperationException(
            $"The volume '{VolumeName}' has no path for the resource '{context.Resource.Name}'.");
    }
}
