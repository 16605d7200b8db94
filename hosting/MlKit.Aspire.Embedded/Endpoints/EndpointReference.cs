namespace Aspire.Hosting.ApplicationModel;

/// <summary>Refers to an endpoint of a resource by its name; the endpoint may be declared and allocated later.</summary>
public sealed class EndpointReference : IExpressionValue, IValueWithReferences
{
    private EndpointAnnotation? _endpointAnnotation;

    /// <summary>Refers to an endpoint.</summary>
    /// <param name="owner">The resource.</param>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="contextNetworkId">The network from which it is reached; the default follows from the consumer.</param>
    public EndpointReference(IResourceWithEndpoints owner, EndpointAnnotation endpoint, NetworkIdentifier? contextNetworkId)
        : this(owner, (endpoint ?? throw new ArgumentNullException(nameof(endpoint))).Name, contextNetworkId) =>
        _endpointAnnotation = endpoint;

    /// <inheritdoc cref="EndpointReference(IResourceWithEndpoints, EndpointAnnotation, NetworkIdentifier?)"/>
    public EndpointReference(IResourceWithEndpoints owner, EndpointAnnotation endpoint)
        : this(owner, endpoint, null)
    {
    }

    /// <summary>Refers to an endpoint by its name.</summary>
    /// <param name="owner">The resource.</param>
    /// <param name="endpointName">The name.</param>
    /// <param name="contextNetworkId">The network from which it is reached; the default follows from the consumer.</param>
    public EndpointReference(IResourceWithEndpoints owner, string endpointName, NetworkIdentifier? contextNetworkId = null)
    {
        ArgumentNullException.ThrowIfNull(owner);
        ArgumentNullException.ThrowIfNull(endpointName);
        Resource = owner;
        EndpointName = endpointName;
        ContextNetworkID = contextNetworkId;
    }

    /// <inheritdoc cref="EndpointReference(IResourceWithEndpoints, string, NetworkIdentifier?)"/>
    public EndpointReference(IResourceWithEndpoints owner, string endpointName)
        : this(owner, endpointName, null)
    {
    }

    /// <summary>The declaration.</summary>
    /// <exception cref="InvalidOperationException">The resource declares no endpoint of this name.</exception>
    public EndpointAnnotation EndpointAnnotation => Find() ?? throw new InvalidOperationException(
        ErrorMessage ?? $"The endpoint `{EndpointName}` is not defined for the resource `{Resource.Name}`.");

    /// <summary>The resource.</summary>
    public IResourceWithEndpoints Resource { get; }

    /// <summary>The name of the endpoint.</summary>
    public string EndpointName { get; }

    /// <summary>What is said where the endpoint is not declared; null for the default message.</summary>
    public string? ErrorMessage { get; init; }

    /// <summary>Whether the host gave it an address.</summary>
    public bool IsAllocated => Find() is { } endpoint && Allocated(endpoint) is not null;

    /// <summary>Whether it is declared.</summary>
    public bool Exists => Find() is not null;

    /// <summary>Whether the scheme is <c>http</c>.</summary>
    public bool IsHttp => Exists && string.Equals(Scheme, "http", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the scheme is <c>https</c>.</summary>
    public bool IsHttps => Exists && string.Equals(Scheme, "https", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether TLS is spoken.</summary>
    public bool TlsEnabled => Exists && EndpointAnnotation.TlsEnabled;

    /// <summary>Whether it is named <c>http</c> or <c>https</c>.</summary>
    public bool IsHttpSchemeNamedEndpoint =>
        EndpointName.Equals("http", StringComparison.OrdinalIgnoreCase) || EndpointName.Equals("https", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a reference to the whole resource leaves it out.</summary>
    public bool ExcludeReferenceEndpoint => Exists && EndpointAnnotation.ExcludeReferenceEndpoint;

    /// <summary>The network from which it is reached; null where that follows from the consumer.</summary>
    public NetworkIdentifier? ContextNetworkID { get; }

    /// <summary>The port that callers use.</summary>
    /// <exception cref="InvalidOperationException">It has no address yet.</exception>
    public int Port => Allocation.Port;

    /// <summary>The port that the process listens on; null where the host chooses it for each replica.</summary>
    public int? TargetPort => EndpointAnnotation.TargetPort;

    /// <summary>The host that callers use.</summary>
    /// <exception cref="InvalidOperationException">It has no address yet.</exception>
    public string Host => Allocation.Address;

    /// <summary>The scheme.</summary>
    public string Scheme => EndpointAnnotation.UriScheme;

    /// <summary>The URL.</summary>
    /// <exception cref="InvalidOperationException">It has no address yet.</exception>
    public string Url => Allocation.UriString;

    string IManifestExpressionProvider.ValueExpression => Property(EndpointProperty.Url).ValueExpression;

    IEnumerable<object> IValueWithReferences.References => [Resource];

    private AllocatedEndpoint Allocation => Allocated(EndpointAnnotation) ?? throw new InvalidOperationException(
        $"The endpoint `{EndpointName}` is not allocated for the resource `{Resource.Name}`.");

    /// <summary>An expression that depends on whether TLS is spoken.</summary>
    /// <param name="enabledValue">With TLS.</param>
    /// <param name="disabledValue">Without.</param>
    public ReferenceExpression GetTlsValue(ReferenceExpression enabledValue, ReferenceExpression disabledValue) =>
        ReferenceExpression.CreateConditional(Property(EndpointProperty.TlsEnabled), bool.TrueString, enabledValue, disabledValue);

    /// <summary>The URL; waits until the host gave an address.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default) =>
        Property(EndpointProperty.Url).GetValueAsync(cancellationToken);

    /// <summary>The URL as <paramref name="context"/> sees it; waits until the host gave an address.</summary>
    /// <param name="context">Who asks, and from which network.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public ValueTask<string?> GetValueAsync(ValueProviderContext context, CancellationToken cancellationToken = default) =>
        Property(EndpointProperty.Url).GetValueAsync(context, cancellationToken);

    /// <summary>A part of the address that is known later.</summary>
    /// <param name="property">Which part.</param>
    public EndpointReferenceExpression Property(EndpointProperty property) => new(this, property);

    private EndpointAnnotation? Find() => _endpointAnnotation ??= Resource.Annotations.OfType<EndpointAnnotation>()
        .FirstOrDefault(e => string.Equals(e.Name, EndpointName, StringComparison.OrdinalIgnoreCase));

    private AllocatedEndpoint? Allocated(EndpointAnnotation endpoint) =>
        ContextNetworkID is { } network ? endpoint.AllAllocatedEndpoints.TryGet(network) : endpoint.AllocatedEndpoint;
}
