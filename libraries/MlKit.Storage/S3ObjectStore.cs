using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;

namespace MlKit.Storage;

/// <summary>
/// Objects of a bucket below a prefix, at Amazon or any S3-compatible endpoint. A folder exists as long as an object lies
/// in it, so a key may name both an object and a folder.
/// </summary>
public sealed class S3ObjectStore : IObjectStore, IDisposable
{
    private const int DeleteBatch = 1000;

    private readonly AmazonS3Client _client;
    private readonly string _bucket;
    private readonly string _prefix;
    private readonly string _endpoint;

    /// <summary>Opens <c>s3://bucket/prefix</c>; nothing is sent before the first use.</summary>
    /// <exception cref="NotSupportedException">The location names no bucket, or is no <c>s3:</c> URI.</exception>
    public S3ObjectStore(Uri location, S3Options? options = null)
    {
        ArgumentNullException.ThrowIfNull(location);
        if (location.Scheme != "s3" || location.Host.Length == 0)
        {
            throw new NotSupportedException($"'{location}' is no s3://bucket/prefix");
        }

        options ??= new S3Options();
        _bucket = location.Host;
        _prefix = Uri.UnescapeDataString(location.AbsolutePath).Trim('/') is { Length: > 0 } prefix ? prefix + "/" : "";
        _endpoint = options.ToString();
        _client = S3Client.Create(options);
        Root = new Uri($"s3://{_bucket}/{_prefix}");
    }

    /// <inheritdoc />
    public Uri Root { get; }

    /// <inheritdoc />
    public async Task<ObjectInfo?> StatAsync(string key, CancellationToken cancellationToken = default)
    {
        var request = new GetObjectMetadataRequest { BucketName = _bucket, Key = Full(key) };
        try
        {
            var answer = await _client.GetObjectMetadataAsync(request, cancellationToken);
            return new ObjectInfo(answer.ContentLength, Time(answer.LastModified), answer.ETag);
        }
        catch (AmazonS3Exception error) when (error.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
        catch (Exception error) when (IsFailure(error))
        {
            throw Failed(key, error);
        }
    }

    /// <inheritdoc />
    public async Task<Stream> OpenReadAsync(string key, CancellationToken cancellationToken = default)
    {
        try
        {
            var answer = await _client.GetObjectAsync(_bucket, Full(key), cancellationToken);
            return answer.ResponseStream;
        }
        catch (AmazonS3Exception error) when (error.StatusCode == HttpStatusCode.NotFound)
        {
            throw new FileNotFoundException($"'{key}' does not exist below {Root}.", key, error);
        }
        catch (Exception error) when (IsFailure(error))
        {
            throw Failed(key, error);
        }
    }

    /// <inheritdoc />
    public async Task<ObjectInfo> WriteAsync(
        string key, Stream content, WriteCondition? condition = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        var target = new S3Target(_bucket, Full(key), condition);
        try
        {
            return await new S3Upload(_client, target).RunAsync(content, cancellationToken);
        }
        // 412: another version is there; 409: another writer was at it at the same time; 404: the version is gone.
        catch (AmazonS3Exception error) when (condition is not null && IsRefusedCondition(error, condition))
        {
            throw new ObjectChangedException(key);
        }
        catch (Exception error) when (IsFailure(error))
        {
            throw Failed(key, error);
        }
    }

    /// <inheritdoc />
    public async Task<bool> DeleteAsync(string key, CancellationToken cancellationToken = default)
    {
        var full = Full(key);
        try
        {
            var doomed = new List<KeyVersion>();
            if (await StatAsync(key, cancellationToken) is not null)
            {
                doomed.Add(new KeyVersion { Key = full });
            }

            await foreach (var item in BelowAsync(full + "/", delimiter: null, cancellationToken))
            {
                doomed.AddRange((item.S3Objects ?? []).Select(found => new KeyVersion { Key = found.Key }));
            }

            foreach (var batch in doomed.Chunk(DeleteBatch))
            {
                await _client.DeleteObjectsAsync(new DeleteObjectsRequest { BucketName = _bucket, Objects = [.. batch], Quiet = true }, cancellationToken);
            }

            return doomed.Count > 0;
        }
        catch (Exception error) when (IsFailure(error))
        {
            throw Failed(key, error);
        }
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<ObjectEntry>> ListAsync(string folder, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var prefix = folder.Length == 0 ? _prefix : Full(folder) + "/";
        var entries = new List<ObjectEntry>();
        try
        {
            await foreach (var page in BelowAsync(prefix, "/", cancellationToken))
            {
                entries.AddRange((page.CommonPrefixes ?? [])
                    .Select(name => new ObjectEntry(name[prefix.Length..].TrimEnd('/'), IsFolder: true, 0)));
                // Consoles make empty objects that end in a slash to show folders.
                entries.AddRange((page.S3Objects ?? []).Where(found => found.Key.Length > prefix.Length)
                    .Select(found => new ObjectEntry(found.Key[prefix.Length..], IsFolder: false, found.Size ?? 0)));
            }
        }
        catch (Exception error) when (IsFailure(error))
        {
            throw Failed(folder, error);
        }

        return [.. entries.OrderBy(entry => entry.Name, StringComparer.Ordinal)];
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<ObjectEntry>> ListTreeAsync(string folder, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var prefix = folder.Length == 0 ? _prefix : Full(folder) + "/";
        var entries = new List<ObjectEntry>();
        try
        {
            await foreach (var page in BelowAsync(prefix, delimiter: null, cancellationToken))
            {
                entries.AddRange((page.S3Objects ?? []).Where(found => !found.Key.EndsWith('/'))
                    .Select(found => new ObjectEntry(found.Key[prefix.Length..], IsFolder: false, found.Size ?? 0)));
            }
        }
        catch (Exception error) when (IsFailure(error))
        {
            throw Failed(folder, error);
        }

        return [.. entries.OrderBy(entry => entry.Name, StringComparer.Ordinal)];
    }

    /// <inheritdoc />
    public string? LocalPath(string key) => null;

    /// <inheritdoc />
    public async Task RequireConditionalWritesAsync(CancellationToken cancellationToken = default)
    {
        // The same content each time, so that processes that start together do not disturb each other.
        const string key = ".mlkit-conditional-write-probe";
        await WriteAsync(key, new MemoryStream("probe"u8.ToArray()), null, cancellationToken);
        foreach (var condition in new[] { WriteCondition.IsAbsent, WriteCondition.IsStill(new ObjectInfo(0, default, "\"00000000000000000000000000000000\"")) })
        {
            try
            {
                await WriteAsync(key, new MemoryStream("probe"u8.ToArray()), condition, cancellationToken);
            }
            catch (ObjectChangedException)
            {
                continue;
            }
            catch (IOException error) when (error.InnerException is AmazonS3Exception { StatusCode: HttpStatusCode.NotImplemented })
            {
            }

            throw new NotSupportedException(
                $"the S3 endpoint {_endpoint} ignores conditional writes ({(condition.ETag is null ? "If-None-Match" : "If-Match")}), "
                + $"so two writers of {Root} could overwrite each other; use an endpoint that has them, or a folder");
        }
    }

    /// <inheritdoc />
    public void Dispose() => _client.Dispose();

    private string Full(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        ObjectKey.Parts(key);
        return _prefix + key;
    }

    private async IAsyncEnumerable<ListObjectsV2Response> BelowAsync(
        string prefix, string? delimiter, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new ListObjectsV2Request { BucketName = _bucket, Prefix = prefix, Delimiter = delimiter };
        ListObjectsV2Response page;
        do
        {
            page = await _client.ListObjectsV2Async(request, cancellationToken);
            request.ContinuationToken = page.NextContinuationToken;
            yield return page;
        }
        while (page.IsTruncated == true);
    }

    private static bool IsRefusedCondition(AmazonS3Exception error, WriteCondition condition) =>
        error.StatusCode is HttpStatusCode.PreconditionFailed or HttpStatusCode.Conflict
        || (condition.ETag is not null && error is { StatusCode: HttpStatusCode.NotFound, ErrorCode: "NoSuchKey" });

    private static bool IsFailure(Exception error) =>
        error is AmazonServiceException or AmazonClientException or HttpRequestException or TimeoutException;

    private IOException Failed(string key, Exception error) => new(
        error is AmazonS3Exception { StatusCode: not 0 } answer
            ? $"{Root}{key}: the S3 endpoint {_endpoint} answered {(int)answer.StatusCode} {answer.ErrorCode}: {answer.Message}"
            : $"{Root}{key}: the S3 endpoint {_endpoint} cannot be used: {error.Message}",
        error);

    private static DateTimeOffset Time(DateTime? time) => time is { } known ? new DateTimeOffset(known.ToUniversalTime()) : default;
}
