namespace Aspire.Hosting.ApplicationModel;

/// <summary>
/// An MLflow tracking server, model registry and artifact store, whatever it runs as. References to it inject
/// <c>services__NAME__http__0</c>.
/// </summary>
public interface IMlflowResource
    : IResourceWithServiceDiscovery, IResourceWithEnvironment, IResourceWithWaitSupport, IComputeResource
{
    /// <summary>The http endpoint of REST API and web UI.</summary>
    EndpointReference PrimaryEndpoint { get; }
}
