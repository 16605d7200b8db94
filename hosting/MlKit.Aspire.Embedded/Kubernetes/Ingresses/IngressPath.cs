using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Kubernetes;

/// <summary>One path of an Ingress and what is behind it.</summary>
/// <param name="Host">The only host that has the path; null for all hosts of the Ingress.</param>
/// <param name="Path">The path.</param>
/// <param name="Endpoint">The endpoint behind it.</param>
/// <param name="Type">How it is compared.</param>
internal sealed record IngressPath(string? Host, string Path, EndpointReference Endpoint, IngressPathType Type);
