using System.Globalization;
using System.IO.Compression;
using MlKit.Inference;
using MlKit.Inference.Rest;

namespace MlKit.Scorer.Rest;

/// <summary>Reads the body of a request, undoes its compression and keeps it below the limit.</summary>
internal static class RequestBody
{
    /// <summary>The whole uncompressed body, in memory that its owner gives back when nothing reads it any more.</summary>
    /// <exception cref="InferenceException">Too large, an encoding that is not gzip or deflate, or damaged.</exception>
    public static async ValueTask<PooledBody> ReadAsync(HttpRequest request, int limit, CancellationToken cancellationToken)
    {
        if (request.ContentLength > limit)
        {
            throw TooLarge(limit);
        }

        var content = Decompress(request);
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
        finally
        {
            if (content != request.Body)
            {
                await content.DisposeAsync();
            }
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
        return encoding.Length == 0 ? request.Body : encoding.ToLowerInvariant() switch
        {
            "" or "identity" => request.Body,
            "gzip" => new GZipStream(request.Body, CompressionMode.Decompress),
            "deflate" => new ZLibStream(request.Body, CompressionMode.Decompress),
            _ => throw new InferenceException(
                InferenceErrorKind.Unsupported, $"Content-Encoding is '{encoding}'; allowed: gzip, deflate, identity"),
        };
    }

    private static async ValueTask<PooledBody> ReadAsync(Stream content, int expected, int limit, CancellationToken cancellationToken)
    {
        // What is announced is not trusted for more than a first buffer.
        var body = new PooledBody(Math.Clamp(expected + 1, 1024, 1 << 20));
        try
        {
            while (true)
            {
                var read = await content.ReadAsync(body.Free, cancellationToken);
                if (read == 0)
                {
                    return body;
                }

                body.Take(read);
                if (body.Memory.Length > limit)
                {
                    throw TooLarge(limit);
                }
            }
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    private static InferenceException TooLarge(int limit) =>
        new(InferenceErrorKind.TooLarge, $"the request has more than the {limit} bytes that MLKIT__SCORER__MAXREQUESTBYTES allows");

    private static InferenceException Invalid(string message) => new(InferenceErrorKind.InvalidArgument, message);
}
