using System.Text.Json;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Publishing;

/// <summary>Writes the manifest that <c>--publisher manifest</c> asks for: all resources with what they are made of, as expressions.</summary>
internal static class ManifestPublisher
{
    /// <summary>The name of the publisher.</summary>
    public const string Name = "manifest";

    private const string DefaultFile = "aspire-manifest.json";
    private const string Schema = "https://json.schemastore.org/aspire-8.0.json";

    /// <summary>True when the command line asks for a manifest, in place of the pipeline.</summary>
    public static bool IsAskedFor(IConfiguration configuration) =>
        string.Equals(configuration["Publishing:Publisher"], Name, StringComparison.OrdinalIgnoreCase);

    /// <summary>The file that an <c>--output-path</c> means: itself, or the usual name inside it where it is a folder.</summary>
    public static string FileOf(string? outputPath) => outputPath switch
    {
        null or "" => Path.GetFullPath(DefaultFile),
        _ when Path.EndsInDirectorySeparator(outputPath) || Directory.Exists(outputPath) => Path.GetFullPath(Path.Combine(outputPath, DefaultFile)),
        _ => Path.GetFullPath(outputPath),
    };

    /// <summary>Writes the file in one piece: a resource that cannot be written leaves an earlier manifest as it was.</summary>
    /// <exception cref="DistributedApplicationException">A resource cannot be written; the message names it.</exception>
    public static async Task WriteAsync(
        DistributedApplicationModel model, DistributedApplicationExecutionContext execution, string file, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var unfinished = $"{file}.{Guid.NewGuid():N}.tmp";
        try
        {
            await using (var stream = File.Create(unfinished))
            await using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
            {
                await WriteAsync(model, new ManifestPublishingContext(execution, file, writer, cancellationToken)).ConfigureAwait(false);
            }

            File.Move(unfinished, file, overwrite: true);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    private static async Task WriteAsync(DistributedApplicationModel model, ManifestPublishingContext context)
    {
        var written = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        context.Writer.WriteStartObject();
        context.Writer.WriteString("$schema", Schema);
        context.Writer.WriteStartObject("resources");
        foreach (var resource in model.Resources)
        {
            written.Add(resource.Name);
            await WriteAsync(resource, context).ConfigureAwait(false);
        }

        // Generated passwords are in no model, but expressions name them.
        while (context.Dependent.FirstOrDefault(resource => written.Add(resource.Name)) is { } dependent)
        {
            await WriteAsync(dependent, context).ConfigureAwait(false);
        }

        context.WriteChoices();
        context.Writer.WriteEndObject();
        context.Writer.WriteEndObject();
    }

    private static async Task WriteAsync(IResource resource, ManifestPublishingContext context)
    {
        if (resource.IsExcludedFromPublish() || resource is IComputeEnvironmentResource)
        {
            return;
        }

        context.Writer.WriteStartObject(resource.Name);
        try
        {
            await context.WriteResourceAsync(resource).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not (OperationCanceledException or DistributedApplicationException))
        {
            throw new DistributedApplicationException($"'{resource.Name}' cannot be written to the manifest: {e.Message}", e);
        }

        context.Writer.WriteEndObject();
    }
}
