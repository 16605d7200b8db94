using System.Text.Json;

namespace MlKit.Inference.Rest;

/// <summary>Reads bodies of <c>/infer</c>, requests and responses: JSON, and binary tensors behind it.</summary>
public static class RestBodyReader
{
    /// <summary>Deepest nesting of JSON that is read.</summary>
    public const int MaxDepth = 100;

    /// <summary>Reads a request.</summary>
    /// <param name="body">The uncompressed body. The tensors share its memory.</param>
    /// <param name="headerLength">Bytes of JSON at its beginning; null: all of it.</param>
    /// <exception cref="InferenceException">The body is malformed; the message says where.</exception>
    public static InferRequest ReadRequest(ReadOnlyMemory<byte> body, int? headerLength)
    {
        var content = Read(body, headerLength, "inputs");
        if (!content.HasTensors)
        {
            throw InferenceException.Invalid("'inputs' is missing; it must be an array of tensors, empty where the model has no inputs");
        }

        var request = new InferRequest
        {
            Id = content.Id,
            Parameters = content.Parameters,
            Inputs = content.Tensors,
            Outputs = content.Requested,
        };
        content.GiveBack();
        return request;
    }

    /// <summary>Reads a response.</summary>
    /// <param name="body">The uncompressed body. The tensors share its memory.</param>
    /// <param name="headerLength">Bytes of JSON at its beginning; null: all of it.</param>
    /// <exception cref="InferenceException">The body is malformed; the message says where.</exception>
    public static InferResponse ReadResponse(ReadOnlyMemory<byte> body, int? headerLength)
    {
        var content = Read(body, headerLength, "outputs");
        return new InferResponse
        {
            ModelName = content.ModelName,
            ModelVersion = content.ModelVersion,
            Id = content.Id,
            Outputs = content.Tensors,
        };
    }

    private static JsonContent Read(ReadOnlyMemory<byte> body, int? headerLength, string tensors)
    {
        if (headerLength < 0 || headerLength > body.Length)
        {
            throw InferenceException.Invalid(
                $"{RestHeaders.InferenceHeaderLength} is {headerLength}, the body has {body.Length} bytes");
        }

        var json = body[..(headerLength ?? body.Length)];
        var binary = body[json.Length..];
        try
        {
            return JsonContent.Read(json.Span, binary, tensors);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            if (BareWords.Quote(json.Span) is { } repaired)
            {
                return ReadRepaired(repaired.Span, binary, tensors);
            }

            throw Malformed(error);
        }
    }

    private static JsonContent ReadRepaired(ReadOnlySpan<byte> json, ReadOnlyMemory<byte> binary, string tensors)
    {
        try
        {
            return JsonContent.Read(json, binary, tensors);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw Malformed(error);
        }
    }

    private static InferenceException Malformed(Exception error) =>
        InferenceException.Invalid($"the body is not valid JSON: {error.Message}", error);
}
