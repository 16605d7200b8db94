using System.Globalization;
using System.IO.Compression;
using MlKit.Inference;
using MlKit.Inference.Rest;

namespace MlKit.Scorer.Rest;

/// <summary>Reads the body of a request, undoes its compression and keeps it below the limit.</summary>
internal static class RequestBody
{
    /// <summary>The whole uncompressed body.</summary>
    /// <exception cref="InferenceException">Too large, an encoding that is not gzip or deflate, or damaged.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpRequest request, int limit, CancellationToken cancellationToken)
    {
        if (request.ContentLength > limit)
        {
            throw TooLarge(limit);
        }

        await using var content = Decompress(request);
        try
        {
            return await ReadAsync(content, (int)(request.ContentLength ?? 0), limit, cancellationToken);
        }
        catch (InvalidDataException error)
        {
            throw Invalid($"the body is not valid {request.Headers.ContentEncoding}: {error.Message}");
        }
        catch (BadHttpRequestException error) when (error.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            throw TooLarge(limit);
        }
    }

    /// <summary>The length of the JSON part; null where the request does not say, so that all is JSON.</summary>
    /// <exception cref="InferenceException">It is not a number of bytes.</exception>
    public static int? HeaderLength(HttpRequest request)
    {
        var values = request.Headers[RestHeaders.InferenceHeaderLength];
        if (values.Count == 0)
        {
            return null;
        }

        return int.TryParse(values.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            ? length
            : throw Invalid($"{RestHeaders.InferenceHeaderLength} is '{values}'; allowed: a number of bytes, at most the body's");
    }

    private static Stream Decompress(HttpRequest request)
    {
        var encoding = request.Headers.ContentEncoding.ToString();
        return encoding.ToLowerInvariant() switch
        {
            "" or "identity" => request.Body,
            "gzip" => new GZipStream(request.Body, CompressionMode.Decompress),
            "deflate" => new ZLibStream(request.Body, CompressionMode.Decompress),
            _ => throw new InferenceException(
                InferenceErrorKind.Unsupported, $"Content-Encoding is '{encoding}'; allowed: gzip, deflate, identity"),
        };
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(Stream content, int expected, int limit, CancellationToken cancellationToken)
    {
        // What is announced is not trusted for more than a first buffer.
        var buffer = new byte[Math.Clamp(expected + 1, 1024, 1 << 20)];
        var length = 0;
        while (true)
        {
            var read = await content.ReadAsync(buffer.AsMemory(length), cancellationToken);
            if (read == 0)
            {
                return buffer.AsMemory(0, length);
            }

            length += read;
            if (length > limit)
            {
                throw TooLarge(limit);
            }

            if (length == buffer.Length)
            {
                Array.Resize(ref buffer, (int)Math.Min(2L * buffer.Length, limit + 1L));
            }
        }
    }

    private static InferenceException TooLarge(int limit) =>
        new(InferenceErrorKind.TooLarge, $"the request has more than the {limit} bytes that MLKIT__SCORER__MAXREQUESTBYTES allows");

    private static InferenceException Invalid(string message) => new(InferenceErrorKind.InvalidArgument, message);
}
