using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Net.Http.Headers;
using MlKit.Storage;
using MlKit.Tracking.Http;

namespace MlKit.Tracking.Artifacts;

/// <summary>Lists, sends and receives files of the artifact store; bodies are never held in memory.</summary>
internal sealed class ArtifactService(IObjectStore store)
{
    private const string AnyType = "application/octet-stream";
    private const string Text = "text/plain";

    private static readonly FileExtensionContentTypeProvider Types = new();

    /// <summary>What MLflow shows as text although its extension says less.</summary>
    private static readonly HashSet<string> TextNames = new(StringComparer.OrdinalIgnoreCase)
    {
        "", ".txt", ".log", ".err", ".cfg", ".conf", ".cnf", ".cf", ".ini", ".properties", ".prop", ".hocon", ".toml",
        ".yaml", ".yml", ".xml", ".json", ".js", ".py", ".py3", ".csv", ".tsv", ".md", ".rst", ".mlmodel", ".mlproject",
    };

    /// <summary>The files below a run's or model's artifacts, with paths relative to that root.</summary>
    public Reply List(string artifactUri, string? path)
    {
        var folder = ArtifactPath.Optional(path);
        var files = Files(Join(KeyOf(artifactUri), folder), folder.Length == 0 ? "" : folder + "/");
        return Reply.Json(new FilesReply(artifactUri, files), TrackingJson.Default.FilesReply);
    }

    /// <summary>The files below a folder of the whole store, by their base names.</summary>
    public Reply ListProxy(string? path) =>
        Reply.Json(new FilesReply(null, Files(ArtifactPath.Optional(path), "")), TrackingJson.Default.FilesReply);

    public Task DownloadAsync(HttpContext context, string artifactUri, string path) =>
        DownloadAsync(context, Join(KeyOf(artifactUri), ArtifactPath.Required(path)));

    /// <summary>Sends a file as attachment: a browser must never run what someone logged.</summary>
    public async Task DownloadAsync(HttpContext context, string key)
    {
        var info = await Guarded(() => store.StatAsync(key, context.RequestAborted));
        if (info is null)
        {
            throw await IsFolderAsync(key, context.RequestAborted)
                ? ApiException.Invalid($"'{key}' is a folder; only files can be downloaded.")
                : ApiException.Missing($"No such artifact: '{key}'.");
        }

        var name = key[(key.LastIndexOf('/') + 1)..];
        await TypedResults.PhysicalFile(
            store.LocalPath(key)!, ContentType(name), name, info.LastModified, new EntityTagHeaderValue($"\"{info.ETag}\""),
            enableRangeProcessing: true).ExecuteAsync(context);
    }

    /// <summary>Stores the request's body, of whatever size, however slow it comes.</summary>
    public async Task UploadAsync(HttpContext context, string key)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = null;
        }

        if (context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
        {
            rate.MinDataRate = null;
        }

        await Guarded(() => store.WriteAsync(key, context.Request.Body, null, context.RequestAborted));
    }

    public Task UploadAsync(HttpContext context, string artifactUri, string path) =>
        UploadAsync(context, Join(KeyOf(artifactUri), ArtifactPath.Required(path)));

    public Task DeleteAsync(string key, CancellationToken cancellationToken) =>
        Guarded(() => store.DeleteAsync(key, cancellationToken));

    private List<FileMessage>? Files(string key, string prefix)
    {
        var entries = Guarded(() => store.ListAsync(key)).GetAwaiter().GetResult();
        return entries.Count == 0
            ? null
            : [.. entries.Select(entry => new FileMessage(
                prefix + entry.Name, entry.IsFolder, entry.IsFolder || entry.Size == 0 ? null : entry.Size))];
    }

    private async Task<bool> IsFolderAsync(string key, CancellationToken cancellationToken) =>
        (await store.ListAsync(key, cancellationToken)).Count > 0;

    private static async Task<T> Guarded<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (ObjectKeyException error)
        {
            throw ApiException.Invalid($"Invalid path: {error.Message}");
        }
    }

    /// <summary>Where a URI's files are in the store; only URIs of this server's own space are served.</summary>
    private static string KeyOf(string artifactUri)
    {
        if (!artifactUri.StartsWith(ArtifactLocation.Scheme + "/", StringComparison.Ordinal)
            || artifactUri.StartsWith(ArtifactLocation.Scheme + "//", StringComparison.Ordinal))
        {
            throw ApiException.Invalid($"Artifacts at '{artifactUri}' are not stored by this server; fetch them from there.");
        }

        return artifactUri[(ArtifactLocation.Scheme.Length + 1)..].TrimEnd('/');
    }

    private static string Join(string root, string path) => path.Length == 0 ? root : $"{root}/{path}";

    private static string ContentType(string name) => TextNames.Contains(Path.GetExtension(name))
        ? Text
        : Types.TryGetContentType(name, out var type) ? type : AnyType;
}
