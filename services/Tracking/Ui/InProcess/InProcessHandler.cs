using System.Net;
using Microsoft.AspNetCore.Http.Features;

namespace MlKit.Tracking.Ui.InProcess;

/// <summary>
/// Lets the pages use the same typed client as everyone else, with every check of the API and no network between.
/// Answers are held in memory: pages ask for lists and for the beginnings of files.
/// </summary>
internal sealed class InProcessHandler(InProcessPipeline pipeline) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var context = new DefaultHttpContext { RequestAborted = cancellationToken };
        var content = request.Content is null ? null : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        Fill(context, request, content);
        using var body = new MemoryStream();
        context.Response.Body = body;
        await pipeline.AnswerAsync(context);
        return new HttpResponseMessage((HttpStatusCode)context.Response.StatusCode)
        {
            RequestMessage = request,
            Content = new ByteArrayContent(body.ToArray()),
        };
    }

    private static void Fill(DefaultHttpContext context, HttpRequestMessage request, byte[]? content)
    {
        var (target, uri) = (context.Request, request.RequestUri!);
        target.Method = request.Method.Method;
        target.Scheme = uri.Scheme;
        target.Host = HostString.FromUriComponent(uri);
        target.Path = PathString.FromUriComponent(uri);
        target.QueryString = QueryString.FromUriComponent(uri);
        context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = uri.PathAndQuery;
        foreach (var (name, values) in request.Headers)
        {
            target.Headers.Append(name, values.ToArray());
        }

        if (content is not null)
        {
            target.Body = new MemoryStream(content);
            target.ContentLength = content.Length;
            target.ContentType = request.Content!.Headers.ContentType?.ToString();
        }
    }
}
