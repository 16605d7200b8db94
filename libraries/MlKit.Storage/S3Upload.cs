using System.Buffers;
using Amazon.S3;
using Amazon.S3.Model;

namespace MlKit.Storage;

/// <summary>
/// Writes a stream of unknown length: as one request where it fits into a part, else part by part, of which one is in
/// memory at a time. The object appears with the last request.
/// </summary>
internal sealed class S3Upload(AmazonS3Client client, S3Target target)
{
    private const int FirstPart = 8 * 1024 * 1024;

    /// <summary>Parts grow by their first size after so many, so that the limit of 10,000 parts is at 440 GB.</summary>
    private const int PartsOfOneSize = 1000;

    public async Task<ObjectInfo> RunAsync(Stream content, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(FirstPart);
        try
        {
            var length = await content.ReadAtLeastAsync(buffer.AsMemory(0, FirstPart), FirstPart, throwOnEndOfStream: false, cancellationToken);
            return length < FirstPart
                ? await PutAsync(buffer, length, cancellationToken)
                : await PutPartsAsync(content, buffer, length, cancellationToken);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task<ObjectInfo> PutAsync(byte[] buffer, int length, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream(buffer, 0, length, writable: false);
        var answer = await client.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = target.Bucket,
                Key = target.Key,
                InputStream = body,
                AutoCloseStream = false,
                UseChunkEncoding = false,
                IfMatch = target.IfMatch,
                IfNoneMatch = target.IfNoneMatch,
            },
            cancellationToken);
        return new ObjectInfo(length, TimeProvider.System.GetUtcNow(), answer.ETag);
    }

    private async Task<ObjectInfo> PutPartsAsync(Stream content, byte[] first, int length, CancellationToken cancellationToken)
    {
        var upload = await client.InitiateMultipartUploadAsync(target.Bucket, target.Key, cancellationToken);
        try
        {
            var (parts, size) = await SendPartsAsync(upload.UploadId, content, first, length, cancellationToken);
            var answer = await client.CompleteMultipartUploadAsync(
                new CompleteMultipartUploadRequest
                {
                    BucketName = target.Bucket,
                    Key = target.Key,
                    UploadId = upload.UploadId,
                    PartETags = parts,
                    IfMatch = target.IfMatch,
                    IfNoneMatch = target.IfNoneMatch,
                },
                cancellationToken);
            return new ObjectInfo(size, TimeProvider.System.GetUtcNow(), answer.ETag);
        }
        catch (Exception)
        {
            await AbortAsync(upload.UploadId);
            throw;
        }
    }

    private async Task<(List<PartETag> Parts, long Size)> SendPartsAsync(
        string upload, Stream content, byte[] first, int length, CancellationToken cancellationToken)
    {
        var parts = new List<PartETag>();
        var buffer = first;
        long size = 0;
        try
        {
            while (length > 0)
            {
                parts.Add(new PartETag(parts.Count + 1, await SendPartAsync(upload, parts.Count + 1, buffer, length, cancellationToken)));
                size += length;
                var next = FirstPart * (1 + (parts.Count / PartsOfOneSize));
                if (buffer.Length < next)
                {
                    Return(buffer, first);
                    buffer = ArrayPool<byte>.Shared.Rent(next);
                }

                length = await content.ReadAtLeastAsync(buffer.AsMemory(0, next), next, throwOnEndOfStream: false, cancellationToken);
            }
        }
        finally
        {
            Return(buffer, first);
        }

        return (parts, size);
    }

    private async Task<string> SendPartAsync(string upload, int number, byte[] buffer, int length, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream(buffer, 0, length, writable: false);
        var answer = await client.UploadPartAsync(
            new UploadPartRequest
            {
                BucketName = target.Bucket,
                Key = target.Key,
                UploadId = upload,
                PartNumber = number,
                PartSize = length,
                InputStream = body,
                UseChunkEncoding = false,
            },
            cancellationToken);
        return answer.ETag;
    }

    /// <summary>Gives back the parts; where even that fails, the bucket's own rule for unfinished uploads does.</summary>
    private async Task AbortAsync(string upload)
    {
        try
        {
            await client.AbortMultipartUploadAsync(target.Bucket, target.Key, upload, CancellationToken.None);
        }
        catch (Exception error) when (error is Amazon.Runtime.AmazonServiceException or Amazon.Runtime.AmazonClientException or HttpRequestException)
        {
        }
    }

    private static void Return(byte[] buffer, byte[] first)
    {
        if (buffer != first)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
