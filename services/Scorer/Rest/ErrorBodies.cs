using System.Text.Encodings.Web;
using System.Text.Json;
using MlKit.Inference;
using MlKit.Inference.Rest;

namespace MlKit.Scorer.Rest;

/// <summary>The protocol's error body, <c>{"error": text}</c>, for every failure below <c>/v2</c> and <c>/v1</c>.</summary>
internal static partial class ErrorBodies
{
    /// <summary>Messages quote names; they stay readable without escapes.</summary>
    private static readonly InferenceJson Readable = new(new JsonSerializerOptions
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    });

    public static void UseProtocolErrors(this WebApplication app) => app.Use(async (context, next) =>
    {
        if (!context.Request.Path.StartsWithSegments("/v2", StringComparison.Ordinal) && !context.Request.Path.StartsWithSegments("/v1", StringComparison.Ordinal))
        {
            await next(context);
            return;
        }

        await AnswerAsync(context, next, app.Logger);
    });

    private static async Task AnswerAsync(HttpContext context, RequestDelegate next, ILogger logger)
    {
        try
        {
            await next(context);
            if (!context.Response.HasStarted && context.Response.StatusCode is 404 or 405 && context.Response.ContentLength is null)
            {
                var what = context.Response.StatusCode == 405 ? "method not allowed" : "no such path";
                await WriteAsync(context, context.Response.StatusCode, $"{what}: {context.Request.Method} {context.Request.Path}");
            }
        }
        catch (InferenceException error)
        {
            if (error.Kind == InferenceErrorKind.Internal)
            {
                LogFailure(logger, error, context.Request.Path);
            }

            if (error.Kind == InferenceErrorKind.Unsupported)
            {
                context.Response.Headers.AcceptEncoding = "gzip, deflate";
            }

            if (error.RetryAfter is { } pause)
            {
                context.Response.Headers.RetryAfter = pause.TotalSeconds.ToString("0", System.Globalization.CultureInfo.InvariantCulture);
            }

            await WriteAsync(context, error.HttpStatus, error.Message);
        }
        catch (BadHttpRequestException error)
        {
            await WriteAsync(context, error.StatusCode, error.Message);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client is gone; there is nobody to answer.
        }
        catch (Exception error) when (!context.Response.HasStarted)
        {
            LogFailure(logger, error, context.Request.Path);
            await WriteAsync(context, StatusCodes.Status500InternalServerError, "the server failed; its log has the reason");
        }
    }

    private static Task WriteAsync(HttpContext context, int status, string message)
    {
        if (context.Response.HasStarted)
        {
            context.Abort();
            return Task.CompletedTask;
        }

        context.Response.StatusCode = status;
        context.Response.ContentType = RestHeaders.Json;
        var body = JsonSerializer.SerializeToUtf8Bytes(new InferenceError(message), Readable.InferenceError);
        context.Response.ContentLength = body.Length;
        return context.Response.Body.WriteAsync(body).AsTask();
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Path} failed")]
    private static partial void LogFailure(ILogger logger, Exception error, PathString path);
}
