using Grpc.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using MlKit.Inference.Grpc.Messages;
using MlKit.ServiceDefaults;

namespace MlKit.Bench.Scorer.Servers;

/// <summary>The same stack as the scorer's, which takes the same messages and answers ones of the same size without looking at them.</summary>
internal static class EchoServer
{
    private static readonly byte[] JsonAnswer = """{"model_name":"mlp","model_version":"1","outputs":[{"name":"y","datatype":"FP32","shape":[1,2],"data":[0.12345678,0.87654321]}]}"""u8.ToArray();
    private static readonly byte[] BinaryAnswer = [.. """{"model_name":"mlp","model_version":"1","outputs":[{"name":"y","datatype":"FP32","shape":[1,2],"parameters":{"binary_data_size":8}}]}"""u8, .. new byte[8]];

    public static async Task RunAsync(string httpPort, string grpcPort)
    {
        var builder = WebApplication.CreateBuilder();
        builder.AddServiceDefaults();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.ListenLocalhost(int.Parse(httpPort, System.Globalization.CultureInfo.InvariantCulture));
            kestrel.ListenLocalhost(int.Parse(grpcPort, System.Globalization.CultureInfo.InvariantCulture), listen => listen.Protocols = HttpProtocols.Http2);
        });
        builder.Services.AddGrpc();
        var app = builder.Build();
        app.MapDefaultEndpoints();
        app.MapPost("/v2/models/{model}/infer", AnswerAsync);
        app.MapGrpcService<Service>();
        await app.RunAsync();
    }

    private static async Task AnswerAsync(HttpContext context)
    {
        var body = new byte[(int)context.Request.ContentLength!];
        await context.Request.Body.ReadExactlyAsync(body, context.RequestAborted);
        var isBinary = context.Request.Headers.ContainsKey("Inference-Header-Content-Length");
        var answer = isBinary ? BinaryAnswer : JsonAnswer;
        context.Response.ContentType = isBinary ? "application/octet-stream" : "application/json";
        if (isBinary)
        {
            context.Response.Headers["Inference-Header-Content-Length"] = "135";
        }

        context.Response.ContentLength = answer.Length;
        await context.Response.Body.WriteAsync(answer, context.RequestAborted);
    }

    private sealed class Service : GRPCInferenceService.GRPCInferenceServiceBase
    {
        public override Task<ModelInferResponse> ModelInfer(ModelInferRequest request, ServerCallContext context) => Task.FromResult(new ModelInferResponse
        {
            ModelName = request.ModelName,
            ModelVersion = "1",
            Outputs = { new ModelInferResponse.Types.InferOutputTensor { Name = "y", Datatype = "FP32", Shape = { 1, 2 } } },
            RawOutputContents = { request.RawInputContents[0] },
        });
    }
}
