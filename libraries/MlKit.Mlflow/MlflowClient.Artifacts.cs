using System.Net;
using System.Net.Http.Headers;
using MlKit.Mlflow.Transport;

namespace MlKit.Mlflow;

public sealed partial class MlflowClient
{
    /// <summary>Stores a file below a run's artifacts, streaming; an existing file is replaced.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="path">The path below its artifacts, for example <c>model/model.onnx</c>.</param>
    /// <param name="content">The bytes. A seekable stream is sent again after a lost connection, another is not.</param>
    /// <param name="progress">Told how far it has come, or null.</param>
    /// <param name="cancellationToken">Cancels the transfer.</param>
    public async Task UploadAsync(
        string runId, string path, Stream content, IProgress<ArtifactProgress>? progress = null,
        CancellationToken cancellationToken = default) =>
        await UploadToAsync(
            (await GetRunAsync(runId, cancellationToken)).Info.ArtifactUri, path, content, progress, cancellationToken);

    /// <summary>Opens a file below a run's artifacts, or below an artifact URI or <c>models:/</c> URI.</summary>
    /// <param name="source">A run id, an <c>mlflow-artifacts:</c> URI, a <c>models:/</c> URI or a version's source.</param>
    /// <param name="path">The path of the file below it.</param>
    /// <param name="cancellationToken">Cancels the call; the returned stream is read with its own.</param>
    /// <exception cref="MlflowException">The file does not exist (<see cref="MlflowException.IsMissing"/>).</exception>
    public async Task<Stream> DownloadAsync(string source, string path, CancellationToken cancellationToken = default)
    {
        var root = await ResolveArtifactRootAsync(source, cancellationToken);
        return await OpenAsync(root, path, cancellationToken);
    }

    /// <summary>The first bytes of a file, all of them where it is not longer.</summary>
    /// <param name="source">A run id, an <c>mlflow-artifacts:</c> URI, a <c>models:/</c> URI or a version's source.</param>
    /// <param name="path">The path of the file below it.</param>
    /// <param name="count">How many bytes at most.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async Task<byte[]> PeekAsync(
        string source, string path, int count, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        var root = await ResolveArtifactRootAsync(source, cancellationToken);
        try
        {
            await using var stream = await OpenAsync(root, path, cancellationToken, new RangeHeaderValue(0, count - 1));
            var buffer = new byte[count];
            var read = await stream.ReadAtLeastAsync(buffer, count, throwOnEndOfStream: false, cancellationToken);
            return buffer[..read];
        }
        catch (MlflowException error) when (error.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            return []; // an empty file has no first byte
        }
    }

    /// <summary>The files and folders directly below a folder; empty for an absent one.</summary>
    /// <param name="source">A run id, an <c>mlflow-artifacts:</c> URI, a <c>models:/</c> URI or a version's source.</param>
    /// <param name="path">The folder below it; null for the root.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async Task<IReadOnlyList<ArtifactEntry>> ListArtifactsAsync(
        string source, string? path = null, CancellationToken cancellationToken = default)
    {
        var root = await ResolveArtifactRootAsync(source, cancellationToken);
        return await ListAsync(root, path, cancellationToken);
    }

    /// <summary>Stores a file below an artifact URI, for example that of a logged model.</summary>
    public async Task UploadToAsync(
        string artifactUri, string path, Stream content, IProgress<ArtifactProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentException.ThrowIfNullOrEmpty(path);
        var address = ArtifactAddress.Of(_transport.Address, artifactUri, path);
        var start = content.CanSeek ? content.Position : 0;
        long? total = content.CanSeek ? content.Length - start : null;
        using var response = await _transport.SendWithRetriesAsync(
            HttpMethod.Put, address, Body, timeout: null, cancellationToken, repeat: content.CanSeek);

        HttpContent Body()
        {
            if (content.CanSeek)
            {
                content.Position = start;
            }

            // The transport disposes what it sends; the caller's stream has to survive a repetition.
            var body = new StreamContent(
                progress is null ? new UnownedStream(content) : new ProgressStream(content, path, total, progress), 1 << 16);
            body.Headers.ContentLength = total;
            return body;
        }
    }

    private async Task<string> ResolveArtifactRootAsync(string source, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(source);
        if (ModelUri.TryParse(source, out var model))
        {
            return await ResolveModelRootAsync(model, cancellationToken);
        }

        return source.Contains(':', StringComparison.Ordinal)
            ? source
            : (await GetRunAsync(source, cancellationToken)).Info.ArtifactUri;
    }

    private async Task<string> ResolveModelRootAsync(ModelUri uri, CancellationToken cancellationToken)
    {
        if (uri.ModelId is not null)
        {
            return (await GetLoggedModelAsync(uri.ModelId, cancellationToken)).Info.ArtifactUri;
        }

        var version = await ResolveModelVersionAsync(uri.ToString(), cancellationToken)
            ?? throw new MlflowException("RESOURCE_DOES_NOT_EXIST", HttpStatusCode.NotFound, $"'{uri}' does not exist");
        return await GetModelVersionDownloadUriAsync(version.Name, version.Version, cancellationToken);
    }

    private async Task<IReadOnlyList<ArtifactEntry>> ListAsync(
        string root, string? path, CancellationToken cancellationToken)
    {
        var address = ArtifactAddress.OfList(_transport.Address, root, path);
        var prefix = path?.Trim('/') ?? "";
        var answer = await _transport.SendAsync(
            HttpMethod.Get, address.AbsoluteUri, null, WireJson.Default.ListArtifactsResponse, cancellationToken);
        return [.. (answer.Files ?? []).Select(file => file with { Path = ArtifactAddress.Join(prefix, file.Path) })];
    }

    private async Task<ResponseStream> OpenAsync(
        string root, string path, CancellationToken cancellationToken, RangeHeaderValue? range = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var address = ArtifactAddress.Of(_transport.Address, root, path);
        var response = await _transport.SendWithRetriesAsync(
            HttpMethod.Get, address, null, timeout: null, cancellationToken, range: range);
        return new ResponseStream(response, await response.Content.ReadAsStreamAsync(cancellationToken));
    }
}
