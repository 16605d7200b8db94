namespace Aspire.Hosting.ApplicationModel;

/// <summary>The online store as a Redis container.</summary>
/// <param name="name">The resource's name.</param>
/// <param name="password">What clients authenticate with.</param>
public sealed class OnlineStoreContainerResource(string name, ParameterResource password)
    : ContainerResource(name), IOnlineStoreResource
{
    /// <inheritdoc/>
    public EndpointReference PrimaryEndpoint => field ??= new EndpointReference(this, "tcp");

    /// <summary><c>HOST:PORT,password=PASSWORD</c>.</summary>
    public ReferenceExpression ConnectionStringExpression =>
        ReferenceExpression.Create($"{PrimaryEndpoint.Property(EndpointProperty.HostAndPort)},password={password}");
}
