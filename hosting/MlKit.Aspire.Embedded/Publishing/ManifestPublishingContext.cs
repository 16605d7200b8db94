using System.Text.Json;

namespace Aspire.Hosting.Publishing;

/// <summary>What a resource is written to when a manifest is made.</summary>
/// <param name="executionContext">Run or publish.</param>
/// <param name="manifestPath">The path of the manifest.</param>
/// <param name="writer">What it is written with.</param>
/// <param name="cancellationToken">Ends the work.</param>
public sealed partial class ManifestPublishingContext(DistributedApplicationExecutionContext executionContext, string manifestPath, Utf8JsonWriter writer, CancellationToken cancellationToken = default)
{
    /// <summary>Run or publish.</summary>
    public DistributedApplicationExecutionContext ExecutionContext { get; } = executionContext;

    /// <summary>The path of the manifest.</summary>
    public string ManifestPath { get; } = manifestPath;

    /// <summary>What it is written with.</summary>
    public Utf8JsonWriter Writer { get; } = writer;

    /// <summary>Ends the work.</summary>
    public CancellationToken CancellationToken { get; } = cancellationToken;

    /// <summary>A path relative to the folder of the manifest, with forward slashes; null stays null.</summary>
    /// <param name="path">The path.</param>
    public string? GetManifestRelativePath(string? path)
    {
        if (path is null)
        {
            return null;
        }

        var folder = Path.GetDirectoryName(Path.GetFullPath(ManifestPath))!;
        return Path.GetRelativePath(folder, Path.GetFullPath(path, folder)).Replace('\\', '/');
    }
}
