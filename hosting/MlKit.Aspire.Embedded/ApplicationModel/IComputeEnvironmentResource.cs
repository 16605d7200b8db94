using System.Diagnostics.CodeAnalysis;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A place that compute resources are published to.</summary>
public interface IComputeEnvironmentResource : IResource
{
    /// <summary>How <paramref name="endpointReferenceExpression"/> is written inside this environment.</summary>
    /// <param name="endpointReferenceExpression">The property of an endpoint.</param>
    [Experimental("ASPIRECOMPUTE002")]
    ReferenceExpression GetEndpointPropertyExpression(EndpointReferenceExpression endpointReferenceExpression)
    {
        ArgumentNullException.ThrowIfNull(endpointReferenceExpression);
        return endpointReferenceExpression.Property is EndpointProperty.Host or EndpointProperty.IPV4Host
            ? GetHostAddressExpression(endpointReferenceExpression.Endpoint)
            : ReferenceExpression.Create($"{endpointReferenceExpression}");
    }

    /// <summary>The host name by which a resource of this environment is reached.</summary>
    /// <param name="endpointReference">An endpoint of that resource.</param>
    [Experimental("ASPIRECOMPUTE002")]
    ReferenceExpression GetHostAddressExpression(EndpointReference endpointReference) =>
        throw new NotSupportedException($"Compute environment '{Name}' does not give host addresses.");
}

/// <summary>A compute environment that mounts volumes for the resources it runs.</summary>
public interface IComputeEnvironmentWithVolumeMounts : IComputeEnvironmentResource;
