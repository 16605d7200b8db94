using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using MlKit.Feast;
using MlKit.FeatureServer.Grpc;

namespace MlKit.FeatureServer.Http;

/// <summary>
/// Errors in Feast's shape: a JSON string. Feast's own exceptions are JSON text inside that string; a body that does not
/// fit is 422 with the list of problems.
/// </summary>
internal sealed partial class FeastErrors(RequestDelegate next, ILogger<FeastErrors> logger)
{
    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public async Task InvokeAsync(HttpContext context)
    {
        if (context.Request.IsGrpc())
        {
            await next(context);
            return;
        }

        try
        {
            await next(context);
        }
        catch (BodyException error) when (!context.Response.HasStarted)
        {
            await WriteAsync(context, error.Status, error.Write);
        }
        catch (FeastException error) when (!context.Response.HasStarted)
        {
            var text = error.FeastClass is null ? error.Message : Detail(error);
            await WriteAsync(context, StatusOf(error.Error), writer => writer.WriteStringValue(text));
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has gone; there is nobody to tell.
        }
        catch (Exception error) when (!context.Response.HasStarted)
        {
            LogUnexpected(error, context.Request.Path);
            await WriteAsync(context, StatusCodes.Status500InternalServerError, writer => writer.WriteStringValue("Internal Server Error"));
        }
    }

    private static int StatusOf(FeastError error) => error switch
    {
        FeastError.NotFound => StatusCodes.Status404NotFound,
        FeastError.UnknownPushSource => StatusCodes.Status422UnprocessableEntity,
        FeastError.StoreUnavailable or FeastError.Registry => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status500InternalServerError,
    };

    /// <summary>The text that Feast puts inside the string, with Python's spacing.</summary>
    private static string Detail(FeastException error) =>
        $"{{\"module\": \"feast.errors\", \"class\": {Quote(error.FeastClass!)}, \"message\": {Quote(error.Message)}}}";

    /// <summary>A string as Python's <c>json.dumps</c> writes it: everything beyond printable ASCII as <c>\uXXXX</c>.</summary>
    private static string Quote(string text)
    {
        var quoted = new StringBuilder(text.Length + 2).Append('"');
        foreach (var unit in text)
        {
            _ = unit switch
            {
                '"' or '\\' => quoted.Append('\\').Append(unit),
                '\n' => quoted.Append("\\n"),
                '\r' => quoted.Append("\\r"),
                '\t' => quoted.Append("\\t"),
                '\b' => quoted.Append("\\b"),
                '\f' => quoted.Append("\\f"),
                >= ' ' and <= '~' => quoted.Append(unit),
                _ => quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)unit:x4}"),
            };
        }

        return quoted.Append('"').ToString();
    }

    private static async Task WriteAsync(HttpContext context, int status, Action<Utf8JsonWriter> write)
    {
        context.Response.Clear();
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await using var writer = new Utf8JsonWriter(context.Response.BodyWriter, Json);
        write(writer);
        await writer.FlushAsync(context.RequestAborted);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Path} failed")]
    private partial void LogUnexpected(Exception error, string path);
}
