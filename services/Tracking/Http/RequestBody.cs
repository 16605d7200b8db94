using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;

namespace MlKit.Tracking.Http;

/// <summary>Reads JSON bodies: limited in size, strict in form, empty counting as an empty object.</summary>
internal static class RequestBody
{
    /// <summary>The largest batch that the limits on counts and lengths allow is about 6 MB of text.</summary>
    private const int MaxBytes = 32 * 1024 * 1024;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 32, AllowDuplicateProperties = false };

    public static async ValueTask<JsonDocument?> ReadAsync(HttpContext context)
    {
        CheckContentType(context.Request);
        var reader = context.Request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(context.RequestAborted);
            if (read.Buffer.Length > MaxBytes)
            {
                reader.AdvanceTo(read.Buffer.End);
                throw ApiException.TooLarge($"The request body is longer than {MaxBytes} bytes, the most that is allowed.");
            }

            if (read.IsCompleted)
            {
                // The document outlives the pipe's buffer, so it gets bytes of its own.
                var body = read.Buffer.ToArray();
                reader.AdvanceTo(read.Buffer.End);
                return body.Length == 0 ? null : ParseObject(body);
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    /// <summary>A form of another site can send only other types; demanding JSON keeps it out.</summary>
    private static void CheckContentType(HttpRequest request)
    {
        if ((HttpMethods.IsPost(request.Method) || HttpMethods.IsPut(request.Method))
            && !IsJson(request.ContentType))
        {
            throw ApiException.Invalid(
                $"Content-Type is '{request.ContentType}'; it must be 'application/json'.");
        }
    }

    private static bool IsJson(string? type)
    {
        var text = type.AsSpan();
        var end = text.IndexOf(';');
        return (end < 0 ? text : text[..end]).Trim().Equals("application/json", StringComparison.OrdinalIgnoreCase);
    }

    private static JsonDocument ParseObject(byte[] body)
    {
        var document = Parse(body);
        if (document.RootElement.ValueKind == JsonValueKind.String)
        {
            // Old clients encode the body twice.
            var inner = JsonFields.TextOf(document.RootElement, "body");
            document.Dispose();
            document = Parse(System.Text.Encoding.UTF8.GetBytes(inner));
        }

        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            var kind = document.RootElement.ValueKind;
            document.Dispose();
            throw ApiException.Invalid($"The request body must be a JSON object, it is {kind}.");
        }

        return document;
    }

    private static JsonDocument Parse(byte[] bytes)
    {
        if (!Utf8.IsValid(bytes))
        {
            throw ApiException.Invalid("The request body is not valid UTF-8.");
        }

        try
        {
            return JsonDocument.Parse(bytes, Strict);
        }
        catch (JsonException error)
        {
            throw ApiException.Invalid($"The request body is not valid JSON: {error.Message}");
        }
    }
}
