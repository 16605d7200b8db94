using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Kubernetes.Publishing;

/// <summary>The image of a resource, in the parts that an installation may change one by one.</summary>
/// <param name="Registry">The registry; empty for the default one.</param>
/// <param name="Repository">The repository.</param>
/// <param name="Tag">The tag; empty where a digest is given.</param>
/// <param name="Digest">The digest with its algorithm, or empty.</param>
internal sealed record ResourceImage(string Registry, string Repository, string Tag, string Digest)
{
    /// <summary>The reference that a container runtime takes.</summary>
    public string Reference
    {
        get
        {
            var name = Registry.Length == 0 ? Repository : $"{Registry}/{Repository}";
            return Digest.Length == 0 ? $"{name}:{Tag}" : $"{name}@{Digest}";
        }
    }

    /// <summary>The image of a container, or the one that a project or Dockerfile is built as.</summary>
    /// <param name="resource">A resource that becomes pods.</param>
    /// <param name="chartName">The repository's first part for what is built here.</param>
    /// <param name="version">The tag for what is built here.</param>
    public static ResourceImage Of(IResource resource, string chartName, string version)
    {
        if (resource.Annotations.OfType<DockerfileBuildAnnotation>().Any()
            || resource.Annotations.OfType<ContainerImageAnnotation>().LastOrDefault() is not { } image)
        {
            return new ResourceImage("", $"{chartName}/{ObjectNames.Component(resource)}", version, "");
        }

        var digest = image.SHA256 is { Length: > 0 } sha ? $"sha256:{sha}" : "";
        var tag = digest.Length > 0 ? "" : image.Tag ?? "latest";
        return string.IsNullOrEmpty(image.Registry)
            ? Parse($"{image.Image}{(digest.Length > 0 ? $"@{digest}" : $":{tag}")}")
            : new ResourceImage(image.Registry, image.Image, tag, digest);
    }

    /// <summary>Takes a reference apart, for example one that a callback wrote.</summary>
    public static ResourceImage Parse(string reference)
    {
        var at = reference.Split('@', 2);
        var digest = at.Length == 2 ? at[1] : "";
        var name = at[0];
        var tag = "";
        var colon = name.LastIndexOf(':');
        if (colon > name.LastIndexOf('/'))
        {
            (name, tag) = (name[..colon], name[(colon + 1)..]);
        }

        var slash = name.IndexOf('/', StringComparison.Ordinal);
        var first = slash < 0 ? "" : name[..slash];
        var hasRegistry = first.Contains('.', StringComparison.Ordinal) || first.Contains(':', StringComparison.Ordinal)
            || first == "localhost";
        return hasRegistry
            ? new ResourceImage(first, name[(slash + 1)..], tag, digest)
            : new ResourceImage("", name, tag, digest);
    }
}
