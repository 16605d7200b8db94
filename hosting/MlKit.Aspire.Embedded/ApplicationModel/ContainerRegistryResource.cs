using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A registry that images are pushed to and pulled from.</summary>
/// <param name="name">The name.</param>
/// <param name="endpoint">The host, such as <c>ghcr.io</c>.</param>
/// <param name="repository">The path below the host, or null.</param>
[Experimental("ASPIRECOMPUTE003")]
public class ContainerRegistryResource(string name, ReferenceExpression endpoint, ReferenceExpression? repository = null) : Resource(name), IContainerRegistry
{
    /// <summary>The host.</summary>
    public ReferenceExpression Endpoint { get; } = endpoint ?? throw new ArgumentNullException(nameof(endpoint));

    /// <summary>The path below the host, or null.</summary>
    public ReferenceExpression? Repository { get; } = repository;

    ReferenceExpression IContainerRegistry.Name => ReferenceExpression.Create($"{Name}");
}

/// <summary>The registry that the image of a resource is pushed to.</summary>
/// <param name="registry">The registry.</param>
[Experimental("ASPIRECOMPUTE003")]
public class ContainerRegistryReferenceAnnotation(IContainerRegistry registry) : IResourceAnnotation
{
    /// <summary>The registry.</summary>
    public IContainerRegistry Registry { get; } = registry ?? throw new ArgumentNullException(nameof(registry));
}
