using MlKit.Mlflow;
using MlKit.Tracking.Http;

namespace MlKit.Tracking.Ui;

/// <summary>
/// PDF files for the browser's own viewer: the artifact proxy gives every file as a download, which no frame shows. What
/// does not begin like a PDF file is refused, so that nothing else that was logged can be opened as a page.
/// </summary>
internal sealed class PdfEndpoint(MlflowClient client)
{
    public void Map(IEndpointRouteBuilder app) => app.MapGet("/ui/pdf", ReadAsync);

    private async Task ReadAsync(HttpContext context)
    {
        var root = context.Request.Query["root"].ToString() is { Length: > 0 } text ? text : throw ApiException.MissingParameter("root");
        var path = context.Request.Query["path"].ToString() is { Length: > 0 } file ? file : throw ApiException.MissingParameter("path");
        try
        {
            await using var content = await client.DownloadAsync(root, path, context.RequestAborted);
            var start = new byte[5];
            if (await content.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, context.RequestAborted) < start.Length || !start.AsSpan().SequenceEqual("%PDF-"u8))
            {
                throw ApiException.Invalid($"The file '{path}' is not a PDF file.");
            }

            context.Response.ContentType = "application/pdf";
            context.Response.Headers.ContentDisposition = "inline";
            await context.Response.Body.WriteAsync(start, context.RequestAborted);
            await content.CopyToAsync(context.Response.Body, context.RequestAborted);
        }
        catch (Exception error) when (error is MlflowException or NotSupportedException or ArgumentException)
        {
            throw error is MlflowException { IsMissing: true } ? ApiException.Missing(error.Message) : ApiException.Invalid(error.Message);
        }
    }
}
