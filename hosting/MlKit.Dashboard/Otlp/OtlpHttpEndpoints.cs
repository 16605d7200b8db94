using Google.Protobuf;
using MlKit.Dashboard.Configuration;
using OpenTelemetry.Proto.Collector.Logs.V1;
using OpenTelemetry.Proto.Collector.Metrics.V1;
using OpenTelemetry.Proto.Collector.Trace.V1;

namespace MlKit.Dashboard.Otlp;

/// <summary>OTLP over HTTP: <c>POST /v1/traces</c>, <c>/v1/logs</c> and <c>/v1/metrics</c> with protobuf bodies.</summary>
internal static class OtlpHttpEndpoints
{
    private const string Protobuf = "application/x-protobuf";
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
        where TRequest : IMessage<TRequest> =>
        endpoints.MapPost(path, async (HttpContext context) => await ReceiveAsync(context, parser, add))
            .WithMetadata(new ListenerMetadata(ListenerKind.OtlpHttp))
            .WithMetadata(new RequestSizeLimit(MaxBodyBytes))
            .DisableAntiforgery()
            .AllowAnonymous();

    private static async Task ReceiveAsync<TRequest>(
        HttpContext context, MessageParser<TRequest> parser, Func<IServiceProvider, TRequest, IMessage> add)
        where TRequest : IMessage<TRequest>
    {
        var statistics = context.RequestServices.GetRequiredService<OtlpStatistics>();
        if (!Protobuf.Equals(context.Request.ContentType?.Split(';')[0].Trim(), StringComparison.OrdinalIgnoreCase))
        {
            var type = context.Request.ContentType ?? "(none)";
            statistics.CountMalformed(context.Request.Path, $"content type {type}");
            await RefuseAsync(context, StatusCodes.Status415UnsupportedMediaType, $"content type must be {Protobuf}");
            return;
        }

        TRequest request;
        try
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
            request = parser.ParseFrom(body.GetBuffer().AsSpan(0, (int)body.Length));
        }
        catch (Exception problem) when (problem is InvalidProtocolBufferException or InvalidDataException)
        {
            statistics.CountMalformed(context.Request.Path, problem.Message);
            await RefuseAsync(context, StatusCodes.Status400BadRequest, "the body is not a valid protobuf message of this signal");
            return;
        }
        catch (InvalidOperationException problem)
        {
            // The reader of compressed bodies stops here when a small body grows too large.
            statistics.CountMalformed(context.Request.Path, problem.Message);
            await RefuseAsync(context, StatusCodes.Status413PayloadTooLarge, $"a body may have at most {MaxBodyBytes} bytes");
            return;
        }
        catch (BadHttpRequestException problem)
        {
            statistics.CountMalformed(context.Request.Path, problem.Message);
            await RefuseAsync(context, problem.StatusCode, problem.Message);
            return;
        }

        await WriteAsync(context, add(context.RequestServices, request));
    }

    // OTLP answers errors with a google.rpc.Status; its message is field 2.
    private static async Task RefuseAsync(HttpContext context, int status, string message)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = Protobuf;
        await context.Response.Body.WriteAsync(OtlpErrorStatus.Encode(message), context.RequestAborted);
    }

    private static async Task WriteAsync(HttpContext context, IMessage answer)
    {
        context.Response.ContentType = Protobuf;
        await context.Response.Body.WriteAsync(answer.ToByteArray(), context.RequestAborted);
    }
}
