using System.Text.Json.Serialization;

namespace MlKit.Tracking.Http;

/// <summary>Turns exceptions into MLflow's error body; nothing of the server's inside leaves it.</summary>
internal sealed partial class ErrorReplies(RequestDelegate next, ILogger<ErrorReplies> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (ApiException error)
        {
            await WriteAsync(context, error.Status, error.ErrorCode, error.Message);
        }
        catch (BadHttpRequestException error)
        {
            await WriteAsync(context, error.StatusCode, "BAD_REQUEST", error.Message);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
        }
        catch (Exception error)
        {
            LogFailure(logger, context.Request.Method, context.Request.Path.Value, error);
            await WriteAsync(context, StatusCodes.Status500InternalServerError, "INTERNAL_ERROR",
                "The tracking server failed on this request; its log has the reason.");
        }
    }

    private static async Task WriteAsync(HttpContext context, int status, string code, string message)
    {
        if (context.Response.HasStarted)
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = status;
        await Reply.Json(new ErrorMessage(code, message), ErrorJson.Default.ErrorMessage).WriteAsync(context);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed")]
    private static partial void LogFailure(ILogger logger, string method, string? path, Exception error);
}

internal sealed record ErrorMessage(string ErrorCode, string Message);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ErrorMessage))]
internal sealed partial class ErrorJson : JsonSerializerContext;
