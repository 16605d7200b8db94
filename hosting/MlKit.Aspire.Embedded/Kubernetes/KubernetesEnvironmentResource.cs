using System.Diagnostics.CodeAnalysis;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Kubernetes.Publishing;

namespace Aspire.Hosting.Kubernetes;

/// <summary>A cluster that the application is published to, as a Helm chart.</summary>
/// <param name="name">The name; the pipeline step is <c>publish-NAME</c>.</param>
public sealed class KubernetesEnvironmentResource(string name) : Resource(name), IComputeEnvironmentResource
{
    /// <summary>
    /// Accepted for compatibility: the chart holds no dashboard. Telemetry goes to the OTLP endpoint that the chart's
    /// value <c>telemetry.otlpEndpoint</c> names.
    /// </summary>
    public bool DashboardEnabled { get; set; }

    /// <summary>
    /// What a named volume becomes: <c>pvc</c> (default, a claim), <c>emptyDir</c> (gone with the pod) or
    /// <c>hostPath</c> (a folder of the node).
    /// </summary>
    public string DefaultStorageType { get; set; } = "pvc";

    /// <summary>The storage class of claims; null for the cluster's default class.</summary>
    public string? DefaultStorageClassName { get; set; }

    /// <summary>The size of claims, as a Kubernetes quantity.</summary>
    public string DefaultStorageSize { get; set; } = "1Gi";

    /// <summary>The access mode of claims.</summary>
    public string DefaultStorageReadWritePolicy { get; set; } = "ReadWriteOnce";

    /// <summary>
    /// When images are pulled: <c>Always</c> (default: a tag that moved is seen, and who may not pull cannot use what a
    /// node has), <c>IfNotPresent</c> or <c>Never</c>.
    /// </summary>
    public string DefaultImagePullPolicy { get; set; } = "Always";

    /// <summary>The type of Services: <c>ClusterIP</c>, <c>NodePort</c> or <c>LoadBalancer</c>.</summary>
    public string DefaultServiceType { get; set; } = "ClusterIP";

    /// <summary>The kubeconfig file that deploying uses; null for the default one.</summary>
    public string? KubeConfigPath { get; set; }

    /// <summary>The environment that this one is part of.</summary>
    public IComputeEnvironmentResource? OwningComputeEnvironment { get; set; }

    internal HelmChartOptions Helm { get; } = new();

    /// <summary>The name of the Service in front of the endpoint's resource, as a Helm expression.</summary>
    [Experimental("ASPIRECOMPUTE002")]
    public ReferenceExpression GetHostAddressExpression(EndpointReference endpointReference)
    {
        ArgumentNullException.ThrowIfNull(endpointReference);
        return ReferenceExpression.Create($"{ObjectNames.Of(endpointReference.Resource)}");
    }
}
