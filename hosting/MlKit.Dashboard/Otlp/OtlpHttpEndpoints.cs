using System.Text.Json;
using Google.Protobuf;
using MlKit.Dashboard.Configuration;
using OpenTelemetry.Proto.Collector.Logs.V1;
using OpenTelemetry.Proto.Collector.Metrics.V1;
using OpenTelemetry.Proto.Collector.Trace.V1;

namespace MlKit.Dashboard.Otlp;

/// <summary>OTLP over HTTP: <c>POST /v1/traces</c>, <c>/v1/logs</c> and <c>/v1/metrics</c> with bodies in protobuf or JSON; the answer comes as the request did.</summary>
internal static class OtlpHttpEndpoints
{
    /// <summary>Lets pages of other origins, where they are allowed, send telemetry.</summary>
    public const string CorsPolicy = "otlp";

    private const string Protobuf = "application/x-protobuf";
    private const string Json = "application/json";
    private const long MaxBodyBytes = 16 * 1024 * 1024;

    /// <summary>Maps the three signals; they answer on the OTLP HTTP listener only.</summary>
    public static void MapOtlpHttp(this IEndpointRouteBuilder endpoints)
    {
        Map(endpoints, "/v1/traces", ExportTraceServiceRequest.Parser, (services, request) =>
            services.GetRequiredService<OtlpReceiver>().Receive(request));
        Map(endpoints, "/v1/logs", ExportLogsServiceRequest.Parser, (services, request) =>
            services.GetRequiredService<OtlpReceiver>().Receive(request));
        Map(endpoints, "/v1/metrics", ExportMetricsServiceRequest.Parser, (services, request) =>
            services.GetRequiredService<OtlpReceiver>().Receive(request));
    }

    private static void Map<TRequest>(
        IEndpointRouteBuilder endpoints, string path, MessageParser<TRequest> parser, Func<IServiceProvider, TRequest, IMessage> add)
        where TRequest : IMessage<TRequest>, new() =>
        endpoints.MapPost(path, async (HttpContext context) => await ReceiveAsync(context, parser, add))
            .WithMetadata(new ListenerMetadata(ListenerKind.OtlpHttp))
            .WithMetadata(new RequestSizeLimit(MaxBodyBytes))
            .DisableAntiforgery()
            .AllowAnonymous();

    private static async Task ReceiveAsync<TRequest>(
        HttpContext context, MessageParser<TRequest> parser, Func<IServiceProvider, TRequest, IMessage> add)
        where TRequest : IMessage<TRequest>, new()
    {
        var statistics = context.RequestServices.GetRequiredService<OtlpStatistics>();
        var isJson = Is(context.Request, Json);
        if (!isJson && !Is(context.Request, Protobuf))
        {
            var type = context.Request.ContentType ?? "(none)";
            statistics.CountMalformed(context.Request.Path, $"content type {type}");
            await RefuseAsync(context, isJson, StatusCodes.Status415UnsupportedMediaType, $"content type must be {Protobuf} or {Json}");
            return;
        }

        TRequest request;
        try
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
            var bytes = body.GetBuffer().AsSpan(0, (int)body.Length);
            request = isJson ? OtlpJson.Parse<TRequest>(bytes) : parser.ParseFrom(bytes);
        }
        catch (Exception problem) when (problem is InvalidProtocolBufferException or InvalidDataException)
        {
            statistics.CountMalformed(context.Request.Path, problem.Message);
            await RefuseAsync(context, isJson, StatusCodes.Status400BadRequest, isJson ? $"the body is not valid OTLP JSON of this signal: {problem.Message}" : "the body is not a valid protobuf message of this signal");
            return;
        }
        catch (InvalidOperationException problem)
        {
            // The reader of compressed bodies stops here when a small body grows too large.
            statistics.CountMalformed(context.Request.Path, problem.Message);
            await RefuseAsync(context, isJson, StatusCodes.Status413PayloadTooLarge, $"a body may have at most {MaxBodyBytes} bytes");
            return;
        }
        catch (BadHttpRequestException problem)
        {
            statistics.CountMalformed(context.Request.Path, problem.Message);
            await RefuseAsync(context, isJson, problem.StatusCode, problem.Message);
            return;
        }

        var answer = add(context.RequestServices, request);
        await AnswerAsync(context, isJson, isJson ? OtlpJson.Format(answer) : answer.ToByteArray());
    }

    private static bool Is(HttpRequest request, string type) => type.Equals(request.ContentType?.Split(';')[0].Trim(), StringComparison.OrdinalIgnoreCase);

    // OTLP answers errors with a google.rpc.Status; its message is field 2.
    private static Task RefuseAsync(HttpContext context, bool isJson, int status, string message)
    {
        context.Response.StatusCode = status;
        return AnswerAsync(context, isJson, isJson ? JsonSerializer.SerializeToUtf8Bytes(new { message }) : OtlpErrorStatus.Encode(message));
    }

    private static async Task AnswerAsync(HttpContext context, bool isJson, byte[] body)
    {
        context.Response.ContentType = isJson ? Json : Protobuf;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }
}
