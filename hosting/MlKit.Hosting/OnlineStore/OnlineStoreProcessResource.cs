namespace Aspire.Hosting.ApplicationModel;

/// <summary>The embedded online store (Garnet) as a process.</summary>
/// <param name="name">The resource's name.</param>
/// <param name="command">What starts it where the host does not start its build output.</param>
/// <param name="workingDirectory">The folder it is started in.</param>
/// <param name="password">What clients authenticate with.</param>
public sealed class OnlineStoreProcessResource(
    string name, string command, string workingDirectory, ParameterResource password)
    : ExecutableResource(name, command, workingDirectory), IOnlineStoreResource
{
    /// <inheritdoc/>
    public EndpointReference PrimaryEndpoint => field ??= new EndpointReference(this, "tcp");

    /// <summary><c>HOST:PORT,password=PASSWORD</c>.</summary>
    public ReferenceExpression ConnectionStringExpression =>
        ReferenceExpression.Create($"{PrimaryEndpoint.Property(EndpointProperty.HostAndPort)},password={password}");
}
