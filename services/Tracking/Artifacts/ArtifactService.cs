using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Net.Http.Headers;
using MlKit.Storage;
using MlKit.Tracking.Http;

namespace MlKit.Tracking.Artifacts;

/// <summary>Lists, sends and receives files of the artifact store; bodies are never held in memory.</summary>
internal sealed partial class ArtifactService(IObjectStore store, ILogger<ArtifactService> logger)
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
    public async Task<Reply> ListAsync(string artifactUri, string? path, CancellationToken cancellationToken)
    {
        var folder = ArtifactPath.Optional(path);
        var files = await FilesAsync(Join(KeyOf(artifactUri), folder), folder.Length == 0 ? "" : folder + "/", cancellationToken);
        return Reply.Json(new FilesReply(artifactUri, files), TrackingJson.Default.FilesReply);
    }

    /// <summary>The files below a folder of the whole store, by their base names.</summary>
    public async Task<Reply> ListProxyAsync(string? path, CancellationToken cancellationToken) => Reply.Json(
        new FilesReply(null, await FilesAsync(ArtifactPath.Optional(path), "", cancellationToken)), TrackingJson.Default.FilesReply);

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
        context.Response.Headers.ContentDisposition = Attachment(name);
        await Guarded(async () =>
        {
            await (store.LocalPath(key) is { } file
                ? SendFileAsync(context, file, name, info)
                : SendObjectAsync(context, key, name, info));
            return true;
        });
    }

    private static Task SendFileAsync(HttpContext context, string file, string name, ObjectInfo info) => TypedResults.PhysicalFile(
        file, ContentType(name), null, info.LastModified, Tag(info), enableRangeProcessing: true).ExecuteAsync(context);

    /// <summary>Passes an object on as it comes; parts of it cannot be asked for.</summary>
    private async Task SendObjectAsync(HttpContext context, string key, string name, ObjectInfo info)
    {
        await using var content = await store.OpenReadAsync(key, context.RequestAborted);
        context.Response.ContentLength = info.Size;
        await TypedResults.Stream(content, ContentType(name), null, info.LastModified, Tag(info)).ExecuteAsync(context);
    }

    private static EntityTagHeaderValue Tag(ObjectInfo info) => new($"\"{info.ETag.Trim('"')}\"");

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

    private async Task<List<FileMessage>?> FilesAsync(string key, string prefix, CancellationToken cancellationToken)
    {
        var entries = await Guarded(() => store.ListAsync(key, cancellationToken));
        return entries.Count == 0
            ? null
            : [.. entries.Select(entry => new FileMessage(
                prefix + entry.Name, entry.IsFolder, entry.IsFolder || entry.Size == 0 ? null : entry.Size))];
    }

    private async Task<bool> IsFolderAsync(string key, CancellationToken cancellationToken) =>
        (await Guarded(() => store.ListAsync(key, cancellationToken))).Count > 0;

    private async Task<T> Guarded<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (ObjectKeyException error)
        {
            throw ApiException.Invalid($"Invalid path: {error.Message}");
        }
        catch (FileNotFoundException)
        {
            throw ApiException.Missing("The artifact was deleted meanwhile.");
        }
        catch (IOException error) when (ObjectStores.IsRemote(store.Root.AbsoluteUri) && error is not BadHttpRequestException)
        {
            LogUnreachable(logger, error);
            throw ApiException.Unavailable("The artifact store does not answer as it should; the server's log has the reason.");
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

    /// <summary>Plain where the name is plain, as MLflow writes it; else with its UTF-8 form beside.</summary>
    private static string Attachment(string name)
    {
        var header = new ContentDispositionHeaderValue("attachment");
        if (System.Text.Ascii.IsValid(name))
        {
            header.FileName = name;
        }
        else
        {
            header.SetHttpFileName(name);
        }

        return header.ToString();
    }

    private static string ContentType(string name) => TextNames.Contains(Path.GetExtension(name))
        ? Text
        : Types.TryGetContentType(name, out var type) ? type : AnyType;

    [LoggerMessage(Level = LogLevel.Error, Message = "The artifact store failed")]
    private static partial void LogUnreachable(ILogger logger, Exception error);
}
