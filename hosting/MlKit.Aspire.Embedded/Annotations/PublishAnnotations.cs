namespace Aspire.Hosting.ApplicationModel;

/// <summary>Writes a resource to a manifest, or keeps it out of everything that is published.</summary>
public class ManifestPublishingCallbackAnnotation : IResourceAnnotation
{
    /// <summary>Writes the resource.</summary>
    /// <param name="callback">Writes it; null leaves it out.</param>
    public ManifestPublishingCallbackAnnotation(Action<Publishing.ManifestPublishingContext>? callback)
    {
        if (callback is not null)
        {
            Callback = context =>
            {
                callback(context);
                return Task.CompletedTask;
            };
        }
    }

    /// <summary>Writes the resource.</summary>
    /// <param name="callback">Writes it; null leaves it out.</param>
    public ManifestPublishingCallbackAnnotation(Func<Publishing.ManifestPublishingContext, Task>? callback) => Callback = callback;

    /// <summary>Leaves the resource out.</summary>
    public static ManifestPublishingCallbackAnnotation Ignore { get; } = new((Func<Publishing.ManifestPublishingContext, Task>?)null);

    /// <summary>What is called; null leaves the resource out.</summary>
    public Func<Publishing.ManifestPublishingContext, Task>? Callback { get; }
}

/// <summary>Where a publisher put a resource.</summary>
/// <param name="target">What the publisher made of it.</param>
public sealed class DeploymentTargetAnnotation(IResource target) : IResourceAnnotation
{
    /// <summary>What the publisher made of it.</summary>
    public IResource DeploymentTarget { get; set; } = target ?? throw new ArgumentNullException(nameof(target));

    /// <summary>Where its image is pushed.</summary>
    public IContainerRegistry? ContainerRegistry { get; set; }

    /// <summary>The environment it is in.</summary>
    public IComputeEnvironmentResource? ComputeEnvironment { get; set; }
}

/// <summary>The compute environment that a resource was given.</summary>
/// <param name="computeEnvironment">The environment.</param>
public sealed class ComputeEnvironmentAnnotation(IComputeEnvironmentResource computeEnvironment) : IResourceAnnotation
{
    /// <summary>The environment.</summary>
    public IComputeEnvironmentResource ComputeEnvironment { get; } = computeEnvironment ?? throw new ArgumentNullException(nameof(computeEnvironment));
}

/// <summary>A registry that images are pushed to and pulled from.</summary>
public interface IContainerRegistry
{
    /// <summary>The name.</summary>
    ReferenceExpression Name { get; }

    /// <summary>The host, such as <c>ghcr.io</c>.</summary>
    ReferenceExpression Endpoint { get; }

    /// <summary>The path below the host, or null.</summary>
    ReferenceExpression? Repository => null;
}
