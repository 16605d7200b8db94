namespace Aspire.Hosting.Kubernetes.Publishing;

/// <summary>Names of the output formats.</summary>
internal static class OutputFormats
{
    /// <exception cref="DistributedApplicationException">The name is none that is known.</exception>
    public static OutputFormat Parse(string? name) => name?.ToLowerInvariant() switch
    {
        null or "" or "helm" => OutputFormat.Helm,
        "manifests" => OutputFormat.Manifests,
        "kustomize" => OutputFormat.Kustomize,
        _ => throw new DistributedApplicationException($"--output-format '{name}' is not known. Allowed: helm, manifests, kustomize."),
    };

    public static string NameOf(OutputFormat format) => format.ToString().ToLowerInvariant();
}
