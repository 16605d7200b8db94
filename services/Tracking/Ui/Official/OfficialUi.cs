using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;
using Microsoft.Net.Http.Headers;

namespace MlKit.Tracking.Ui.Official;

/// <summary>
/// Serves MLflow's own web UI, unmodified, from the folder of its static files: the page at <c>/</c>, everything else
/// below <c>/static-files/</c>. It routes by fragment, so no other path needs the page.
/// </summary>
internal static class OfficialUi
{
    public const string Page = "index.html";

    private const string Files = "/static-files";

    /// <summary>The names of these carry a hash of their content.</summary>
    private static readonly string[] HashedFolders = ["static/js/", "static/css/", "static/media/"];

    private static readonly FileExtensionContentTypeProvider Types = new();

    public static void AddServices(IServiceCollection services) => services.AddResponseCompression(compression =>
        compression.MimeTypes = [.. ResponseCompressionDefaults.MimeTypes, "image/svg+xml"]);

    /// <summary>Scripts of several megabytes are worth compressing; nothing else of the server is.</summary>
    public static void UseCompression(IApplicationBuilder app) =>
        app.UseWhen(context => context.Request.Path.StartsWithSegments(Files), files => files.UseResponseCompression());

    public static void Map(IEndpointRouteBuilder app, string folder)
    {
        var files = new PhysicalFileProvider(folder);
        app.MapGet("/", context => SendAsync(context, files, Page));
        app.MapGet(Files + "/{**path}", context =>
            SendAsync(context, files, (string?)context.Request.RouteValues["path"] ?? ""));
    }

    private static Task SendAsync(HttpContext context, PhysicalFileProvider files, string path)
    {
        var file = files.GetFileInfo(path);
        if (!file.Exists || file.PhysicalPath is not { } physical)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            context.Response.ContentType = "text/plain";
            return context.Response.WriteAsync("There is no such file.", context.RequestAborted);
        }

        var hashed = HashedFolders.Any(start => path.StartsWith(start, StringComparison.Ordinal));
        context.Response.Headers.CacheControl = hashed ? "public, max-age=2419200" : "no-cache";
        var type = Types.TryGetContentType(path, out var known) ? known : "application/octet-stream";
        var tag = new EntityTagHeaderValue($"\"{file.LastModified.ToUnixTimeMilliseconds():x}-{file.Length:x}\"");
        return TypedResults.PhysicalFile(
            physical, type, lastModified: file.LastModified, entityTag: tag, enableRangeProcessing: true).ExecuteAsync(context);
    }
}
