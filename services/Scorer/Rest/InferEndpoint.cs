using System.Buffers;
using MlKit.Inference;
using MlKit.Inference.Rest;
using MlKit.Scorer.Inference;

namespace MlKit.Scorer.Rest;

/// <summary><c>POST /v2/models/NAME[/versions/VERSION]/infer</c>, with JSON and binary tensors or a raw body.</summary>
internal static class InferEndpoint
{
    public static async Task AnswerAsync(HttpContext context, Inferencer inferencer, ScorerOptions options)
    {
        var (name, version) = RestEndpoints.Target(context);
        using var ticket = await inferencer.EnterAsync(name, version, context.RequestAborted);
        var body = await RequestBody.ReadAsync(context.Request, options.MaxRequestBytes, context.RequestAborted);
        var headerLength = RequestBody.HeaderLength(context.Request);
        if (headerLength == 0)
        {
            await SendAsync(context, await inferencer.InferRawAsync(ticket.Model, body, context.RequestAborted), _ => true);
            return;
        }

        var request = RestBodyReader.ReadRequest(body, headerLength);
        var response = await inferencer.InferAsync(ticket.Model, request, context.RequestAborted);
        await SendAsync(context, response, new BinaryWishes(request).IsBinary);
    }

    private static Task SendAsync(HttpContext context, InferResponse response, Func<Tensor, bool> isBinary)
    {
        var body = new ArrayBufferWriter<byte>(512 + response.Outputs.Sum(output => output.Data.Length));
        var headerLength = RestBodyWriter.WriteResponse(body, response, isBinary);
        return ResponseBody.SendAsync(context, body.WrittenMemory, headerLength);
    }
}
