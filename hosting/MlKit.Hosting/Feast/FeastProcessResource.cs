namespace Aspire.Hosting.ApplicationModel;

/// <summary>The feature server as a process.</summary>
/// <param name="name">The resource's name.</param>
/// <param name="command">What starts it where the host does not start its build output.</param>
/// <param name="workingDirectory">The folder it is started in.</param>
/// <param name="onlineStore">The store that it reads and writes.</param>
/// <param name="project">Feast's project name.</param>
public sealed class FeastProcessResource(
    string name, string command, string workingDirectory, IOnlineStoreResource onlineStore, string project)
    : ExecutableResource(name, command, workingDirectory), IFeastResource
{
    /// <inheritdoc/>
    public EndpointReference PrimaryEndpoint => field ??= new EndpointReference(this, "http");

    /// <inheritdoc/>
    public IOnlineStoreResource OnlineStore { get; } = onlineStore;

    /// <inheritdoc/>
    public string Project { get; } = project;
}
