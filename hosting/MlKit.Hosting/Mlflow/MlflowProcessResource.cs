namespace Aspire.Hosting.ApplicationModel;

/// <summary>The embedded tracking server (SQLite, local artifacts) as a process.</summary>
/// <param name="name">The resource's name.</param>
/// <param name="command">What starts it where the host does not start its build output.</param>
/// <param name="workingDirectory">The folder it is started in.</param>
public sealed class MlflowProcessResource(string name, string command, string workingDirectory)
    : ExecutableResource(name, command, workingDirectory), IMlflowResource
{
    /// <inheritdoc/>
    public EndpointReference PrimaryEndpoint => field ??= new EndpointReference(this, "http");
}
