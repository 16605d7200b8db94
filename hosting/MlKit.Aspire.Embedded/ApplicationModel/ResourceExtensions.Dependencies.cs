using Microsoft.Extensions.Logging.Abstractions;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>How far dependencies are followed.</summary>
public enum ResourceDependencyDiscoveryMode
{
    /// <summary>Those of dependencies too.</summary>
    Recursive = 0,

    /// <summary>Those of the resource only.</summary>
    DirectOnly = 1,
}

/// <summary>How dependencies are found.</summary>
public sealed class ResourceDependencyDiscoveryOptions
{
    /// <summary>How far they are followed.</summary>
    public ResourceDependencyDiscoveryMode DiscoveryMode { get; set; }
}

public static partial class ResourceExtensions
{
    /// <summary>The resources that a resource cannot do without: those it waits for, refers to, or lives in.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="executionContext">Run or publish.</param>
    /// <param name="mode">How far they are followed.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static Task<IReadOnlySet<IResource>> GetResourceDependenciesAsync(this IResource resource, DistributedApplicationExecutionContext executionContext, ResourceDependencyDiscoveryMode mode = ResourceDependencyDiscoveryMode.Recursive, CancellationToken cancellationToken = default) =>
        resource.GetResourceDependenciesAsync(executionContext, new ResourceDependencyDiscoveryOptions { DiscoveryMode = mode }, cancellationToken);

    /// <summary>The resources that a resource cannot do without: those it waits for, refers to, or lives in.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="executionContext">Run or publish.</param>
    /// <param name="options">How they are found.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static async Task<IReadOnlySet<IResource>> GetResourceDependenciesAsync(this IResource resource, DistributedApplicationExecutionContext executionContext, ResourceDependencyDiscoveryOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(resource);
        ArgumentNullException.ThrowIfNull(executionContext);
        ArgumentNullException.ThrowIfNull(options);
        var found = new HashSet<IResource>();
        var open = new Stack<IResource>([resource]);
        while (open.TryPop(out var next))
        {
            foreach (var dependency in await DirectAsync(next, executionContext, cancellationToken).ConfigureAwait(false))
            {
                if (!ReferenceEquals(dependency, resource) && found.Add(dependency) && options.DiscoveryMode == ResourceDependencyDiscoveryMode.Recursive)
                {
                    open.Push(dependency);
                }
            }
        }

        return found;
    }

    private static async Task<IEnumerable<IResource>> DirectAsync(IResource resource, DistributedApplicationExecutionContext executionContext, CancellationToken cancellationToken)
    {
        var variables = await ConfiguredValues.GatherEnvironmentAsync(resource, executionContext, NullLogger.Instance, cancellationToken).ConfigureAwait(false);
        var arguments = await ConfiguredValues.GatherArgumentsAsync(resource, executionContext, NullLogger.Instance, cancellationToken).ConfigureAwait(false);
        var composed = resource is IValueWithReferences own and not ParameterResource ? own.References : [];
        return variables.Values.Concat(arguments).Concat(composed).SelectMany(ValueReferences.Resources)
            .Concat(resource.Annotations.OfType<WaitAnnotation>().Select(wait => wait.Resource))
            .Concat(resource is IResourceWithParent child ? [child.Parent] : []);
    }
}
