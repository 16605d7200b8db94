using System.Net;
using MlKit.Mlflow.Transport;

namespace MlKit.Mlflow;

public sealed partial class MlflowClient
{
    /// <summary>Stores every file of a folder below a run's artifacts and returns their paths there.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="folder">The folder.</param>
    /// <param name="path">Where it goes below the run's artifacts; null for their root.</param>
    /// <param name="progress">Told how far each file has come, or null.</param>
    /// <param name="cancellationToken">Cancels the transfer.</param>
    public async Task<IReadOnlyList<string>> UploadFolderAsync(
        string runId, string folder, string? path = null, IProgress<ArtifactProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        var root = (await GetRunAsync(runId, cancellationToken)).Info.ArtifactUri;
        var stored = new List<string>();
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var relative = Path.GetRelativePath(folder, file).Replace(Path.DirectorySeparatorChar, '/');
            var target = ArtifactAddress.Join(path?.Trim('/') ?? "", relative);
            await using var content = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, true);
            await UploadToAsync(root, target, content, progress, cancellationToken);
            stored.Add(target);
        }

        return stored;
    }

    /// <summary>
    /// Copies every file below an artifact root into a folder, each complete or not there at all, and returns the
    /// paths below the folder.
    /// </summary>
    /// <param name="source">A run id, an <c>mlflow-artifacts:</c> URI, a <c>models:/</c> URI or a version's source.</param>
    /// <param name="folder">The folder, created where it is absent.</param>
    /// <param name="progress">Told how far each file has come, or null.</param>
    /// <param name="cancellationToken">Cancels the transfer.</param>
    public async Task<IReadOnlyList<string>> DownloadFolderAsync(
        string source, string folder, IProgress<ArtifactProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        var root = await ResolveArtifactRootAsync(source, cancellationToken);
        var files = await ListTreeAsync(root, cancellationToken);
        foreach (var file in files)
        {
            var target = Path.GetFullPath(Path.Combine(folder, file));
            if (!target.StartsWith(Path.GetFullPath(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            {
                throw new MlflowException("BAD_RESPONSE", HttpStatusCode.OK, $"the server listed '{file}', which leaves the folder");
            }

            await DownloadFileAsync(root, file, target, progress, cancellationToken);
        }

        return files;
    }

    /// <summary>Copies the files of a model version into a folder and returns their paths below it.</summary>
    public async Task<IReadOnlyList<string>> DownloadModelAsync(
        ModelVersion version, string folder, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(version);
        var uri = await GetModelVersionDownloadUriAsync(version.Name, version.Version, cancellationToken);
        return await DownloadFolderAsync(uri, folder, null, cancellationToken);
    }

    private async Task<IReadOnlyList<string>> ListTreeAsync(string root, CancellationToken cancellationToken)
    {
        var files = new List<string>();
        var folders = new Queue<string>([""]);
        while (folders.TryDequeue(out var folder))
        {
            foreach (var entry in await ListAsync(root, folder, cancellationToken))
            {
                if (entry.IsDir)
                {
                    folders.Enqueue(entry.Path);
                }
                else
                {
                    files.Add(entry.Path);
                }
            }
        }

        return files;
    }

    private async Task DownloadFileAsync(
        string root, string path, string target, IProgress<ArtifactProgress>? progress, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        var partial = $"{target}.{Guid.NewGuid():n}.part";
        try
        {
            await using (var from = await OpenAsync(root, path, cancellationToken))
            await using (var to = new FileStream(partial, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16, true))
            {
                Stream counted = progress is null ? from : new ProgressStream(from, path, from.Total, progress);
                await counted.CopyToAsync(to, 1 << 16, cancellationToken);
            }

            File.Move(partial, target, overwrite: true);
        }
        finally
        {
            File.Delete(partial);
        }
    }
}
