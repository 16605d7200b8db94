using System.Globalization;
using System.IO.Compression;
using MlKit.Inference.Rest;

namespace MlKit.Scorer.Rest;

/// <summary>Sends bodies, compressed where the client offers it and the body is large enough to gain.</summary>
internal static class ResponseBody
{
    private const int WorthCompressing = 1024;

    /// <param name="context">The request that is answered.</param>
    /// <param name="body">The uncompressed body.</param>
    /// <param name="headerLength">Length of the JSON part; null: all of it.</param>
    public static async Task SendAsync(HttpContext context, ReadOnlyMemory<byte> body, int? headerLength)
    {
        var response = context.Response;
        SetHeaders(response, headerLength);
        var encoding = body.Length >= WorthCompressing ? ContentCoding.Choose(context.Request.Headers.AcceptEncoding) : null;
        if (encoding is null)
        {
            response.ContentLength = body.Length;
            await response.Body.WriteAsync(body, context.RequestAborted);
            return;
        }

        response.Headers.ContentEncoding = encoding;
        response.Headers.Vary = "Accept-Encoding";
        await using Stream compressed = encoding == "gzip"
            ? new GZipStream(response.Body, CompressionLevel.Fastest, leaveOpen: true)
            : new ZLibStream(response.Body, CompressionLevel.Fastest, leaveOpen: true);
        await compressed.WriteAsync(body, context.RequestAborted);
    }

    /// <summary>Type of the body and length of its JSON part.</summary>
    public static void SetHeaders(HttpResponse response, int? headerLength)
    {
        response.ContentType = headerLength is null ? RestHeaders.Json : RestHeaders.Binary;
        if (headerLength is { } length)
        {
            response.Headers[RestHeaders.InferenceHeaderLength] = length.ToString(CultureInfo.InvariantCulture);
        }
    }
}
