using System.Diagnostics.CodeAnalysis;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Adds registries that images are pushed to.</summary>
public static class ContainerRegistryResourceBuilderExtensions
{
    /// <summary>Adds a registry.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The name of the resource.</param>
    /// <param name="endpoint">The host, such as <c>ghcr.io</c>.</param>
    /// <param name="repository">The path below the host.</param>
    [Experimental("ASPIRECOMPUTE003")]
    public static IResourceBuilder<ContainerRegistryResource> AddContainerRegistry(this IDistributedApplicationBuilder builder, [ResourceName] string name, IResourceBuilder<ParameterResource> endpoint, IResourceBuilder<ParameterResource>? repository = null)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        return Add(builder, name, ReferenceExpression.Create($"{endpoint}"), repository is null ? null : ReferenceExpression.Create($"{repository}"));
    }

    /// <summary>Adds a registry.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The name of the resource.</param>
    /// <param name="endpoint">The host, such as <c>ghcr.io</c>.</param>
    /// <param name="repository">The path below the host.</param>
    [Experimental("ASPIRECOMPUTE003")]
    public static IResourceBuilder<ContainerRegistryResource> AddContainerRegistry(this IDistributedApplicationBuilder builder, [ResourceName] string name, string endpoint, string? repository = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(endpoint);
        return Add(builder, name, ReferenceExpression.Create($"{endpoint}"), repository is null ? null : ReferenceExpression.Create($"{repository}"));
    }

    /// <summary>Says which registry the image of a resource is pushed to.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="registry">The registry.</param>
    [Experimental("ASPIRECOMPUTE003")]
    public static IResourceBuilder<TDestination> WithContainerRegistry<TDestination, TContainerRegistry>(this IResourceBuilder<TDestination> builder, IResourceBuilder<TContainerRegistry> registry)
        where TDestination : IResource
        where TContainerRegistry : IResource, IContainerRegistry
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(registry);
        return builder.WithAnnotation(new ContainerRegistryReferenceAnnotation(registry.Resource), ResourceAnnotationMutationBehavior.Replace);
    }

    // A registry is a fact about publishing: in run mode there is nothing to show.
    private static IResourceBuilder<ContainerRegistryResource> Add(IDistributedApplicationBuilder builder, string name, ReferenceExpression endpoint, ReferenceExpression? repository)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var registry = new ContainerRegistryResource(name, endpoint, repository);
        return builder.ExecutionContext.IsRunMode ? builder.CreateResourceBuilder(registry) : builder.AddResource(registry);
    }
}
