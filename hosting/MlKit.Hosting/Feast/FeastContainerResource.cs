namespace Aspire.Hosting.ApplicationModel;

/// <summary>The feature server as a container.</summary>
/// <param name="name">The resource's name.</param>
/// <param name="onlineStore">The store that it reads and writes.</param>
/// <param name="project">Feast's project name.</param>
public sealed class FeastContainerResource(string name, IOnlineStoreResource onlineStore, string project)
    : ContainerResource(name), IFeastResource
{
    /// <inheritdoc/>
    public EndpointReference PrimaryEndpoint => field ??= new EndpointReference(this, "http");

    /// <inheritdoc/>
    public IOnlineStoreResource OnlineStore { get; } = onlineStore;

    /// <inheritdoc/>
    public string Project { get; } = project;
}
