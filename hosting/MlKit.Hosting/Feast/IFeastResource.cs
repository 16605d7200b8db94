namespace Aspire.Hosting.ApplicationModel;

/// <summary>A Feast-compatible feature server over an online store. References to it inject <c>services__NAME__http__0</c>.</summary>
public interface IFeastResource
    : IResourceWithServiceDiscovery, IResourceWithEnvironment, IResourceWithWaitSupport, IComputeResource
{
    /// <summary>The http endpoint of Feast's feature server protocol.</summary>
    EndpointReference PrimaryEndpoint { get; }

    /// <summary>The store that the server reads and writes.</summary>
    IOnlineStoreResource OnlineStore { get; }

    /// <summary>Feast's project name.</summary>
    string Project { get; }
}
