using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using MlKit.Storage;

namespace MlKit.Tests;

/// <summary>
/// The part of S3 that stores use, with conditional writes, in memory: the servers that a test machine can have ignore
/// conditions. Signatures are not checked.
/// </summary>
internal sealed class StandInS3 : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, byte[]> _objects = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<int, byte[]>> _uploads = new(StringComparer.Ordinal);
    private readonly Lock _writing = new();
    private WebApplication? _app;

    /// <summary>Whether conditions are ignored, as old servers do.</summary>
    public bool IgnoresConditions { get; set; }

    /// <summary>Answers this to every request, where it is set.</summary>
    public HttpStatusCode? Failure { get; set; }

    /// <summary>Uploads in parts that were neither completed nor given up.</summary>
    public int OpenUploads => _uploads.Count;

    public S3Options Options { get; private set; } = new();

    public static async Task<StandInS3> StartAsync()
    {
        var server = new StandInS3();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null);
        server._app = builder.Build();
        server._app.Run(server.HandleAsync);
        await server._app.StartAsync(TestContext.Current.CancellationToken);
        server.Options = new S3Options { Endpoint = new Uri(server._app.Urls.First()), AccessKey = "key", SecretKey = "secret" };
        return server;
    }

    public async ValueTask DisposeAsync() => await _app!.DisposeAsync();

    /// <summary>Puts an object there under any name, also one that no client could send.</summary>
    public void Put(string bucketAndKey, byte[] content) => _objects[bucketAndKey] = content;

    private Task HandleAsync(HttpContext context)
    {
        var path = Uri.UnescapeDataString(context.Request.Path.Value!.TrimStart('/'));
        var query = context.Request.Query;
        return (context.Request.Method, query) switch
        {
            _ when Failure is { } failure => ErrorAsync(context, (int)failure, "InternalError"),
            ("GET", _) when query.ContainsKey("list-type") => ListAsync(context, path.TrimEnd('/')),
            ("GET" or "HEAD", _) => ReadAsync(context, path),
            ("PUT", _) when query.ContainsKey("partNumber") => PartAsync(context),
            ("PUT", _) => PutAsync(context, path),
            ("POST", _) when query.ContainsKey("delete") => DeleteManyAsync(context, path.TrimEnd('/')),
            ("POST", _) when query.ContainsKey("uploads") => BeginAsync(context),
            ("POST", _) => CompleteAsync(context, path),
            ("DELETE", _) => AbortAsync(context),
            _ => ErrorAsync(context, 405, "MethodNotAllowed"),
        };
    }

    private async Task ReadAsync(HttpContext context, string path)
    {
        if (!_objects.TryGetValue(path, out var content))
        {
            await ErrorAsync(context, 404, "NoSuchKey");
            return;
        }

        context.Response.Headers.ETag = Tag(content);
        context.Response.Headers.LastModified = DateTimeOffset.UnixEpoch.ToString("R", CultureInfo.InvariantCulture);
        context.Response.ContentLength = content.Length;
        if (context.Request.Method == "GET")
        {
            await context.Response.Body.WriteAsync(content);
        }
    }

    private async Task PutAsync(HttpContext context, string path)
    {
        var content = await BodyAsync(context);
        if (TryStore(context, path, content, out var status))
        {
            context.Response.Headers.ETag = Tag(content);
        }
        else
        {
            await ErrorAsync(context, status, status == 404 ? "NoSuchKey" : "PreconditionFailed");
        }
    }

    private bool TryStore(HttpContext context, string path, byte[] content, out int status)
    {
        lock (_writing)
        {
            var there = _objects.TryGetValue(path, out var old);
            var headers = context.Request.Headers;
            var refused = !IgnoresConditions
                && ((headers.IfNoneMatch == "*" && there) || (headers.IfMatch.Count > 0 && (!there || headers.IfMatch != Tag(old!))));
            status = there ? 412 : 404;
            if (!refused)
            {
                _objects[path] = content;
            }

            return !refused;
        }
    }

    private Task BeginAsync(HttpContext context)
    {
        var id = Guid.NewGuid().ToString("n");
        _uploads[id] = [];
        return XmlAsync(context, new XElement("InitiateMultipartUploadResult", new XElement("UploadId", id)));
    }

    private async Task PartAsync(HttpContext context)
    {
        var content = await BodyAsync(context);
        _uploads[context.Request.Query["uploadId"]!][int.Parse(context.Request.Query["partNumber"]!, CultureInfo.InvariantCulture)] = content;
        context.Response.Headers.ETag = Tag(content);
    }

    private async Task CompleteAsync(HttpContext context, string path)
    {
        await BodyAsync(context);
        _uploads.TryRemove(context.Request.Query["uploadId"]!, out var parts);
        byte[] content = [.. parts!.OrderBy(part => part.Key).SelectMany(part => part.Value)];
        if (TryStore(context, path, content, out var status))
        {
            await XmlAsync(context, new XElement("CompleteMultipartUploadResult", new XElement("ETag", Tag(content))));
        }
        else
        {
            await ErrorAsync(context, status, "PreconditionFailed");
        }
    }

    private Task AbortAsync(HttpContext context)
    {
        _uploads.TryRemove(context.Request.Query["uploadId"]!, out _);
        context.Response.StatusCode = 204;
        return Task.CompletedTask;
    }

    private async Task DeleteManyAsync(HttpContext context, string bucket)
    {
        var request = XDocument.Parse(Encoding.UTF8.GetString(await BodyAsync(context)));
        foreach (var key in request.Descendants().Where(element => element.Name.LocalName == "Key"))
        {
            _objects.TryRemove($"{bucket}/{key.Value}", out _);
        }

        await XmlAsync(context, new XElement("DeleteResult"));
    }

    /// <summary>Two entries per page, so that every list goes through several pages.</summary>
    private Task ListAsync(HttpContext context, string bucket)
    {
        var prefix = context.Request.Query["prefix"].ToString();
        var delimiter = context.Request.Query["delimiter"].ToString();
        var entries = _objects.Keys.Where(key => key.StartsWith($"{bucket}/{prefix}", StringComparison.Ordinal)).Select(key => key[(bucket.Length + 1)..])
            .Select(key => delimiter.Length > 0 && key.IndexOf('/', prefix.Length) is >= 0 and var end ? key[..(end + 1)] : key)
            .Distinct().Order(StringComparer.Ordinal).ToList();
        var after = context.Request.Query["continuation-token"].ToString();
        var page = entries.Where(entry => string.CompareOrdinal(entry, after) > 0).Take(2).ToList();
        var more = page.Count > 0 && page[^1] != entries[^1];
        return XmlAsync(context, new XElement(
            "ListBucketResult",
            new XElement("IsTruncated", more),
            more ? new XElement("NextContinuationToken", page[^1]) : null,
            page.Where(entry => !entry.EndsWith('/')).Select(entry => new XElement(
                "Contents", new XElement("Key", entry), new XElement("Size", _objects[$"{bucket}/{entry}"].Length))),
            page.Where(entry => entry.EndsWith('/')).Select(entry => new XElement("CommonPrefixes", new XElement("Prefix", entry)))));
    }

    private static async Task<byte[]> BodyAsync(HttpContext context)
    {
        using var content = new MemoryStream();
        await context.Request.Body.CopyToAsync(content);
        return content.ToArray();
    }

    private static string Tag(byte[] content) => $"\"{Convert.ToHexStringLower(MD5.HashData(content))}\"";

    private static Task ErrorAsync(HttpContext context, int status, string code)
    {
        context.Response.StatusCode = status;
        return XmlAsync(context, new XElement("Error", new XElement("Code", code), new XElement("Message", code)));
    }

    private static Task XmlAsync(HttpContext context, XElement content)
    {
        context.Response.ContentType = "application/xml";
        return context.Request.Method == "HEAD" ? Task.CompletedTask : context.Response.WriteAsync(content.ToString());
    }
}
