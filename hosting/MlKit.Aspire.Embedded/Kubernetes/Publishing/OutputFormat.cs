namespace Aspire.Hosting.Kubernetes.Publishing;

/// <summary>In which form an application is published, <c>--output-format</c>.</summary>
internal enum OutputFormat
{
    /// <summary>A Helm chart, the default.</summary>
    Helm = 0,

    /// <summary>Plain objects, one per file, for <c>kubectl apply</c>.</summary>
    Manifests = 1,

    /// <summary>Plain objects with a <c>kustomization.yaml</c>.</summary>
    Kustomize = 2,
}
