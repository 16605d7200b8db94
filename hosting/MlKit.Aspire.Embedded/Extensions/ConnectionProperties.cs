using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Joins the connection properties of resources.</summary>
public static class ConnectionPropertiesExtensions
{
    /// <summary>The properties of a resource with further ones, which win.</summary>
    /// <param name="source">The resource.</param>
    /// <param name="additional">The further ones.</param>
    public static IEnumerable<KeyValuePair<string, ReferenceExpression>> CombineProperties(this IResourceWithConnectionString source, IEnumerable<KeyValuePair<string, ReferenceExpression>> additional)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(additional);
        var combined = new OrderedDictionary<string, ReferenceExpression>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in source.GetConnectionProperties().Concat(additional))
        {
            combined[name] = value;
        }

        return combined;
    }
}

/// <summary>The connection properties of a resource with those that the author added.</summary>
internal static class ConnectionProperties
{
    public static IEnumerable<KeyValuePair<string, ReferenceExpression>> Of(IResourceWithConnectionString resource) =>
        resource.CombineProperties(resource.Annotations.OfType<ConnectionPropertyAnnotation>()
            .Select(a => KeyValuePair.Create(a.Name, a.Value)));
}
