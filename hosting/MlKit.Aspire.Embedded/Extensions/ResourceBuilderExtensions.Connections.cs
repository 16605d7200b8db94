using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    /// <summary>Adds a part to the connection that consumers get.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="name">The name of the part.</param>
    /// <param name="value">Its value.</param>
    public static IResourceBuilder<T> WithConnectionProperty<T>(this IResourceBuilder<T> builder, string name, ReferenceExpression value)
        where T : IResourceWithConnectionString
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(name);
        return builder.WithAnnotation(new ConnectionPropertyAnnotation(name, value));
    }

    /// <summary>Adds a part to the connection that consumers get.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="name">The name of the part.</param>
    /// <param name="value">Its value.</param>
    public static IResourceBuilder<T> WithConnectionProperty<T>(this IResourceBuilder<T> builder, string name, string value)
        where T : IResourceWithConnectionString => builder.WithConnectionProperty(name, ReferenceExpression.Create($"{value}"));

    /// <summary>Gives consumers the connection string of another resource.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="resource">The other resource.</param>
    public static IResourceBuilder<T> WithConnectionStringRedirection<T>(this IResourceBuilder<T> builder, IResourceWithConnectionString resource)
        where T : IResourceWithConnectionString
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithAnnotation(new ConnectionStringRedirectAnnotation(resource), ResourceAnnotationMutationBehavior.Replace);
    }

    /// <summary>A part of a resource's connection.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="key">The name of the part, without regard to case.</param>
    /// <exception cref="KeyNotFoundException">The connection has no such part.</exception>
    public static ReferenceExpression GetConnectionProperty(this IResourceWithConnectionString resource, string key)
    {
        ArgumentNullException.ThrowIfNull(resource);
        ArgumentException.ThrowIfNullOrEmpty(key);
        var properties = ConnectionProperties.Of(resource).ToList();
        return properties.Where(p => string.Equals(p.Key, key, StringComparison.OrdinalIgnoreCase)).Select(p => p.Value).LastOrDefault()
            ?? throw new KeyNotFoundException(
                $"Resource '{resource.Name}' has no connection property '{key}'. Properties: {string.Join(", ", properties.Select(p => p.Key))}.");
    }
}
