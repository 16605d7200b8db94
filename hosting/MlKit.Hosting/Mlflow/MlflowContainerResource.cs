namespace Aspire.Hosting.ApplicationModel;

/// <summary>An MLflow server as a container, with PostgreSQL behind it.</summary>
/// <param name="name">The resource's name.</param>
public sealed class MlflowContainerResource(string name) : ContainerResource(name), IMlflowResource
{
    /// <inheritdoc/>
    public EndpointReference PrimaryEndpoint => field ??= new EndpointReference(this, "http");
}
