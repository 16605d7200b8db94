namespace Aspire.Hosting.Kubernetes;

/// <summary>How a path of an Ingress is compared with that of a request.</summary>
public enum IngressPathType
{
    /// <summary>The request's path begins with it, element by element.</summary>
    Prefix = 0,

    /// <summary>The request's path is the same.</summary>
    Exact = 1,

    /// <summary>As the Ingress class says.</summary>
    ImplementationSpecific = 2,
}
