namespace Aspire.Hosting.ApplicationModel;

/// <summary>An MLflow server as a container, with PostgreSQL behind it.</summary>
/// <param name="name">The resource's name.</param>
public sealed class MlflowContainerResource(string name) : ContainerResource(name), IMlflowResource
{
    /// <inheritdoc/>
    public EndpointReference PrimaryEndpoint => field ??= new EndpointReference(this, "http");

    /// <summary>Whether the container runs MlKit's own server in place of the official one.</summary>
    internal bool IsEmbeddedServer { get; set; }
}
