using System.Buffers;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MlKit.Inference;
using MlKit.Inference.Rest;
using MlKit.Scorer.Inference;
using MlKit.Scorer.Models;

namespace MlKit.Scorer.Rest;

/// <summary>The REST calls of the protocol below <c>/v2</c>.</summary>
internal static class RestEndpoints
{
    public static ServerMetadata Server { get; } = new(
        "mlkit-scorer",
        typeof(RestEndpoints).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0",
        ["model_repository", "binary_tensor_data", "parameters"]);

    public static void MapInferenceProtocol(this WebApplication app)
    {
        var v2 = app.MapGroup("/v2");
        v2.MapGet("", (HttpContext context) => SendAsync(context, Server, InferenceJson.Default.ServerMetadata));
        v2.MapGet("/health/live", (HttpContext context) => SendAsync(context, new ServerLive(true), InferenceJson.Default.ServerLive));
        v2.MapGet("/health/ready", ReadyAsync);
        v2.MapPost("/repository/index", RepositoryIndex.AnswerAsync);
        foreach (var model in new[] { "/models/{model}", "/models/{model}/versions/{version}" })
        {
            v2.MapGet(model, MetadataAsync);
            v2.MapGet($"{model}/ready", ModelReadyAsync);
            v2.MapPost($"{model}/infer", InferAsync);
        }
    }

    public static Task SendAsync<T>(HttpContext context, T body, JsonTypeInfo<T> type, int status = StatusCodes.Status200OK)
    {
        context.Response.StatusCode = status;
        return ResponseBody.SendAsync(context, JsonSerializer.SerializeToUtf8Bytes(body, type), headerLength: null);
    }

    private static Task ReadyAsync(HttpContext context, ModelCatalog catalog)
    {
        var ready = catalog.IsReady;
        var status = ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        return SendAsync(context, new ServerReady(ready), InferenceJson.Default.ServerReady, status);
    }

    private static Task MetadataAsync(HttpContext context, ModelCatalog catalog)
    {
        var (name, version) = Target(context);
        using var lease = catalog.Acquire(name, version);
        var metadata = lease.Model.ToMetadata(catalog.Find(name).VersionNames);
        return SendAsync(context, metadata, InferenceJson.Default.ModelMetadata);
    }

    private static Task ModelReadyAsync(HttpContext context, ModelCatalog catalog)
    {
        var (name, version) = Target(context);
        using var lease = catalog.Acquire(name, version);
        return SendAsync(context, new ModelReady(name, true), InferenceJson.Default.ModelReady);
    }

    private static async Task InferAsync(HttpContext context, Inferencer inferencer, ScorerOptions options)
    {
        var (name, version) = Target(context);
        var body = await RequestBody.ReadAsync(context.Request, options.MaxRequestBytes, context.RequestAborted);
        var headerLength = RequestBody.HeaderLength(context.Request);
        if (headerLength == 0)
        {
            var raw = await inferencer.InferRawAsync(name, version, body, context.RequestAborted);
            await SendAsync(context, raw, _ => true);
            return;
        }

        var request = RestBodyReader.ReadRequest(body, headerLength) with { ModelName = name, ModelVersion = version };
        var response = await inferencer.InferAsync(request, context.RequestAborted);
        await SendAsync(context, response, new BinaryWishes(request).IsBinary);
    }

    private static Task SendAsync(HttpContext context, InferResponse response, Func<Tensor, bool> isBinary)
    {
        var body = new ArrayBufferWriter<byte>(512 + response.Outputs.Sum(output => output.Data.Length));
        var headerLength = RestBodyWriter.WriteResponse(body, response, isBinary);
        return ResponseBody.SendAsync(context, body.WrittenMemory, headerLength);
    }

    private static (string Name, string Version) Target(HttpContext context) =>
        ((string)context.Request.RouteValues["model"]!, context.Request.RouteValues["version"] as string ?? "");
}
