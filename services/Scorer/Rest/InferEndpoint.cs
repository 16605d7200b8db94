using System.Buffers;
using MlKit.Inference;
using MlKit.Inference.Rest;
using MlKit.Scorer.Inference;

namespace MlKit.Scorer.Rest;

/// <summary><c>POST /v2/models/NAME[/versions/VERSION]/infer</c>, with JSON and binary tensors or a raw body.</summary>
/// <param name="inferencer">Answers the requests.</param>
/// <param name="options">The limit of a body.</param>
internal sealed class InferEndpoint(Inferencer inferencer, ScorerOptions options)
{
    public async Task AnswerAsync(HttpContext context)
    {
        var (name, version) = RestEndpoints.Target(context);
        using var ticket = await inferencer.EnterAsync(name, version, context.RequestAborted);
        using var body = await RequestBody.ReadAsync(context.Request, options.MaxRequestBytes, context.RequestAborted);
        var headerLength = RequestBody.HeaderLength(context.Request);
        if (headerLength == 0)
        {
            await SendAsync(context, await inferencer.InferRawAsync(ticket.Model, body.Memory, context.RequestAborted), BinaryWishes.All);
            return;
        }

        var request = RestBodyReader.ReadRequest(body.Memory, headerLength);
        var response = await inferencer.InferAsync(ticket.Model, request, context.RequestAborted);
        await SendAsync(context, response, BinaryWishes.Of(request));
    }

    private static async ValueTask SendAsync(HttpContext context, InferResponse response, Func<Tensor, bool> isBinary)
    {
        if (context.Request.Headers.AcceptEncoding.Count > 0)
        {
            var body = new ArrayBufferWriter<byte>(1024);
            var length = RestBodyWriter.WriteResponse(body, response, isBinary);
            await ResponseBody.SendAsync(context, body.WrittenMemory, length);
            return;
        }

        // Straight into the server's own memory; the headers go out with the first flush, when the lengths are known.
        var output = context.Response.BodyWriter;
        var headerLength = RestBodyWriter.WriteResponse(output, response, isBinary, out var total);
        ResponseBody.SetHeaders(context.Response, headerLength);
        context.Response.ContentLength = total;
        await output.FlushAsync(context.RequestAborted);
    }
}
