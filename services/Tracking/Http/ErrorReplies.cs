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
        await Reply.Json(ErrorMessage.Of(code, message), ErrorJson.Default.ErrorMessage).WriteAsync(context);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed")]
    private static partial void LogFailure(ILogger logger, string method, string? path, Exception error);
}

/// <param name="ErrorCode">What clients look at.</param>
/// <param name="Message">For people.</param>
/// <param name="Sqlstate">What newer servers add for things that do not exist; no client needs it.</param>
/// <param name="ErrorClass">The same.</param>
internal sealed record ErrorMessage(string ErrorCode, string Message, string? Sqlstate = null, string? ErrorClass = null)
{
    public static ErrorMessage Of(string code, string message) => code == "RESOURCE_DOES_NOT_EXIST"
        ? new ErrorMessage(code, message, "KAM00", "RESOURCE_NOT_FOUND")
        : new ErrorMessage(code, message);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ErrorMessage))]
internal sealed partial class ErrorJson : JsonSerializerContext;
