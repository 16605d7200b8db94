using Microsoft.AspNetCore.Http.Features;
using MlKit.Tracking.Http;

namespace MlKit.Tracking.Artifacts;

/// <summary>The calls below <c>mlflow-artifacts/</c>: how clients reach files whose URI is <c>mlflow-artifacts:</c>.</summary>
internal sealed class ArtifactProxyEndpoints(ArtifactService artifacts) : IEndpoints
{
    private const string NoMultipart = "Multipart upload is not supported for the current artifact repository";

    private static readonly string[] Prefixes = ["/api/2.0/mlflow-artifacts/", "/ajax-api/2.0/mlflow-artifacts/"];

    public void Map(ApiRoutes routes)
    {
        foreach (var prefix in Prefixes)
        {
            var path = prefix + "artifacts/";
            routes.Raw(HttpMethods.Get, prefix + "artifacts", ListAsync);
            routes.Raw(HttpMethods.Get, path + "{**path}", context => RawPath(context, path) is { Length: > 0 } raw
                ? artifacts.DownloadAsync(context, ArtifactPath.Encoded(raw))
                : ListAsync(context));
            routes.Raw(HttpMethods.Put, path + "{**path}", context =>
                artifacts.UploadAsync(context, ArtifactPath.Encoded(RawPath(context, path))));
            routes.Raw(HttpMethods.Delete, path + "{**path}", context =>
                artifacts.DeleteAsync(ArtifactPath.Encoded(RawPath(context, path)), context.RequestAborted));
            foreach (var call in (string[])["create", "complete", "abort"])
            {
                // The tail is empty for a file at the root; clients fall back to one PUT by the message's beginning.
                routes.Raw(HttpMethods.Post, $"{prefix}mpu/{call}/{{**path}}", _ => throw ApiException.NotImplemented(NoMultipart));
            }

            routes.Raw(HttpMethods.Get, prefix + "presigned/{**path}", _ => throw ApiException.NotImplemented(
                "Presigned downloads are not supported for the current artifact repository"));
        }
    }

    private async Task ListAsync(HttpContext context)
    {
        var reply = await artifacts.ListProxyAsync(context.Request.Query["path"], context.RequestAborted);
        await reply.WriteAsync(context);
    }

    /// <summary>
    /// The path as it stands in the request line. The server's own reading of it has been decoded and freed of dot
    /// segments, which is too late to see what was meant.
    /// </summary>
    private static string RawPath(HttpContext context, string prefix)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var start = target.IndexOf(prefix, StringComparison.Ordinal);
        if (start < 0)
        {
            throw ApiException.Invalid("The path before the artifact's path must not be encoded.");
        }

        var path = target[(start + prefix.Length)..];
        var query = path.IndexOf('?');
        return query < 0 ? path : path[..query];
    }
}
