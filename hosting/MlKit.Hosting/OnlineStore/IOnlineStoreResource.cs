namespace Aspire.Hosting.ApplicationModel;

/// <summary>
/// A Redis-compatible store that holds online features, whatever it runs as. References to it inject
/// <c>ConnectionStrings__NAME</c> in the form of StackExchange.Redis.
/// </summary>
public interface IOnlineStoreResource
    : IResourceWithConnectionString, IResourceWithEnvironment, IResourceWithEndpoints, IResourceWithWaitSupport, IComputeResource
{
    /// <summary>The endpoint that speaks RESP, the protocol of Redis.</summary>
    EndpointReference PrimaryEndpoint { get; }
}
