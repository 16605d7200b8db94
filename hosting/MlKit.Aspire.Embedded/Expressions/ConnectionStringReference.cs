using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Refers to the connection string of a resource.</summary>
/// <param name="resource">The resource.</param>
/// <param name="optional">Whether a missing connection string is tolerated.</param>
public class ConnectionStringReference(IResourceWithConnectionString resource, bool optional) : IExpressionValue, IValueWithReferences
{
    /// <summary>The resource.</summary>
    public IResourceWithConnectionString Resource { get; } = resource ?? throw new ArgumentNullException(nameof(resource));

    /// <summary>Whether a missing connection string is tolerated.</summary>
    public bool Optional { get; } = optional;

    /// <summary>The connection string.</summary>
    public ReferenceExpression ConnectionStringExpression => Resource.ConnectionStringExpression;

    /// <summary>The variables that it is put into; null where it is put into one that the author named.</summary>
    [Experimental("ASPIRECONNECTIONSTRINGS001")]
    public ConnectionStringEnvironmentVariableNames? EnvironmentVariableNames { get; internal init; }

    string IManifestExpressionProvider.ValueExpression => Resource.ValueExpression;

    IEnumerable<object> IValueWithReferences.References => [Resource];

    ValueTask<string?> IValueProvider.GetValueAsync(CancellationToken cancellationToken) =>
        ((IValueProvider)this).GetValueAsync(new ValueProviderContext(), cancellationToken);

    async ValueTask<string?> IValueProvider.GetValueAsync(ValueProviderContext context, CancellationToken cancellationToken)
    {
        var value = await ValueAsync(context, cancellationToken).ConfigureAwait(false);
        return string.IsNullOrEmpty(value) && !Optional
            ? throw new DistributedApplicationException($"The connection string for the resource '{Resource.Name}' is not available.")
            : value;
    }

    private async ValueTask<string?> ValueAsync(ValueProviderContext context, CancellationToken cancellationToken)
    {
        try
        {
            return await Resource.GetValueAsync(context, cancellationToken).ConfigureAwait(false);
        }
        catch (MissingParameterValueException) when (Optional)
        {
            return null;
        }
    }
}
