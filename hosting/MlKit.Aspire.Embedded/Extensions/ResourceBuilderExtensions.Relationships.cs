using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    /// <summary>Adds a named relation to another resource, for display.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="resource">The other resource.</param>
    /// <param name="type">The kind of relation.</param>
    public static IResourceBuilder<T> WithRelationship<T>(this IResourceBuilder<T> builder, IResource resource, string type)
        where T : IResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithAnnotation(new ResourceRelationshipAnnotation(resource, type));
    }

    /// <summary>Adds a named relation to another resource, for display.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="resourceBuilder">The other resource.</param>
    /// <param name="type">The kind of relation.</param>
    public static IResourceBuilder<T> WithRelationship<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> resourceBuilder, string type)
        where T : IResource
    {
        ArgumentNullException.ThrowIfNull(resourceBuilder);
        return builder.WithRelationship(resourceBuilder.Resource, type);
    }

    /// <summary>Shows that the resource refers to another one.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="resource">The other resource.</param>
    public static IResourceBuilder<T> WithReferenceRelationship<T>(this IResourceBuilder<T> builder, IResource resource)
        where T : IResource => builder.WithRelationship(resource, KnownRelationshipTypes.Reference);

    /// <summary>Shows that the resource refers to all resources of an expression.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="expression">The expression.</param>
    public static IResourceBuilder<T> WithReferenceRelationship<T>(this IResourceBuilder<T> builder, ReferenceExpression expression)
        where T : IResource
    {
        ArgumentNullException.ThrowIfNull(expression);
        return builder.RelateTo(expression);
    }

    /// <summary>Shows that the resource refers to another one.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="resourceBuilder">The other resource.</param>
    public static IResourceBuilder<T> WithReferenceRelationship<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> resourceBuilder)
        where T : IResource
    {
        ArgumentNullException.ThrowIfNull(resourceBuilder);
        return builder.WithReferenceRelationship(resourceBuilder.Resource);
    }

    /// <summary>Shows the resource below another one.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="parent">The other resource.</param>
    public static IResourceBuilder<T> WithParentRelationship<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> parent)
        where T : IResource
    {
        ArgumentNullException.ThrowIfNull(parent);
        return builder.WithParentRelationship(parent.Resource);
    }

    /// <summary>Shows the resource below another one.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="parent">The other resource.</param>
    public static IResourceBuilder<T> WithParentRelationship<T>(this IResourceBuilder<T> builder, IResource parent)
        where T : IResource => builder.WithRelationship(parent, KnownRelationshipTypes.Parent);

    /// <summary>Shows another resource below this one.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="child">The other resource.</param>
    public static IResourceBuilder<T> WithChildRelationship<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> child)
        where T : IResource
    {
        ArgumentNullException.ThrowIfNull(child);
        return builder.WithChildRelationship(child.Resource);
    }

    /// <summary>Shows another resource below this one.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="child">The other resource.</param>
    public static IResourceBuilder<T> WithChildRelationship<T>(this IResourceBuilder<T> builder, IResource child)
        where T : IResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(child);
        child.Annotations.Add(new ResourceRelationshipAnnotation(builder.Resource, KnownRelationshipTypes.Parent));
        return builder;
    }

    /// <summary>Shows a reference to each resource that a value is composed of.</summary>
    private static IResourceBuilder<T> RelateTo<T>(this IResourceBuilder<T> builder, object value)
        where T : IResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        foreach (var resource in ValueReferences.Resources(value).Where(r => !ReferenceEquals(r, builder.Resource)))
        {
            builder.WithReferenceRelationship(resource);
        }

        return builder;
    }
}
