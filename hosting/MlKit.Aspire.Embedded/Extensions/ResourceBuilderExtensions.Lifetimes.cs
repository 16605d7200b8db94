using System.Diagnostics.CodeAnalysis;
using Aspire.Hosting.ApplicationModel;
using MlKit.Aspire.Embedded.Containers;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    /// <summary>The resource outlives the host; the next run finds it again. Containers only: a process fails to start.</summary>
    /// <param name="builder">The resource.</param>
    [Experimental("ASPIREPERSISTENCE001")]
    public static IResourceBuilder<T> WithPersistentLifetime<T>(this IResourceBuilder<T> builder)
        where T : IResource => builder.WithLifetimeAnnotation(new ResourceLifetimeAnnotation(ContainerLifetime.Persistent));

    /// <summary>The resource ends with the host, which is the default.</summary>
    /// <param name="builder">The resource.</param>
    [Experimental("ASPIREPERSISTENCE001")]
    public static IResourceBuilder<T> WithSessionLifetime<T>(this IResourceBuilder<T> builder)
        where T : IResource => builder.WithLifetimeAnnotation(new ResourceLifetimeAnnotation(ContainerLifetime.Session));

    /// <summary>The resource lives as long as another one.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="sourceBuilder">The other one.</param>
    [Experimental("ASPIREPERSISTENCE001")]
    public static IResourceBuilder<T> WithLifetimeOf<T, TSource>(this IResourceBuilder<T> builder, IResourceBuilder<TSource> sourceBuilder)
        where T : IResource
        where TSource : IResource
    {
        ArgumentNullException.ThrowIfNull(sourceBuilder);
        return builder.WithLifetimeAnnotation(new ResourceLifetimeAnnotation(ContainerLifetime.Session, sourceBuilder.Resource));
    }

    /// <summary>The resource is stopped when a process of this machine has ended.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="parentProcessId">The id of the process.</param>
    [Experimental("ASPIREPERSISTENCE001")]
    public static IResourceBuilder<T> WithParentProcessLifetime<T>(this IResourceBuilder<T> builder, int parentProcessId)
        where T : IResource
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(parentProcessId);
        return builder.WithLifetimeAnnotation(new ResourceLifetimeAnnotation(ContainerLifetime.Session, null, parentProcessId));
    }

    private static IResourceBuilder<T> WithLifetimeAnnotation<T>(this IResourceBuilder<T> builder, ResourceLifetimeAnnotation lifetime)
        where T : IResource
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithAnnotation(lifetime, ResourceAnnotationMutationBehavior.Replace);
    }
}
