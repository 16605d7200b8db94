using System.Security.Cryptography;
using System.Text;

namespace MlKit.Storage;

/// <summary>
/// Copies of objects on this machine's disk, for programs that read files only. A copy is named after the object's
/// version, so it is never stale; the ones that were not used for longest go when the copies exceed their budget.
/// </summary>
/// <param name="store">Where the objects are.</param>
/// <param name="folder">Where the copies go.</param>
/// <param name="maxBytes">Budget of all copies in the folder.</param>
public sealed class LocalCopies(IObjectStore store, string folder, long maxBytes = 4L * 1024 * 1024 * 1024)
{
    /// <summary>A copy that was asked for so recently may be about to be opened.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(10);

    private readonly string _folder = Path.Combine(Path.GetFullPath(folder), Name(store.Root.AbsoluteUri));

    /// <summary>The path of a file with the object's content of now; the object itself where it is a local file.</summary>
    /// <exception cref="FileNotFoundException">There is no such object.</exception>
    public async Task<string> GetAsync(string key, CancellationToken cancellationToken = default)
    {
        if (store.LocalPath(key) is { } path)
        {
            return path;
        }

        var info = await store.StatAsync(key, cancellationToken)
            ?? throw new FileNotFoundException($"'{key}' does not exist below {store.Root}.", key);
        // The object's name comes first, so that copies sort as the objects do.
        var copy = Path.Combine(_folder, Path.Combine(key.Split('/')), Name(info.ETag) + Path.GetExtension(key));
        if (!File.Exists(copy))
        {
            await DownloadAsync(key, copy, cancellationToken);
            RemoveOldest();
        }

        File.SetLastAccessTimeUtc(copy, TimeProvider.System.GetUtcNow().UtcDateTime);
        return copy;
    }

    private async Task DownloadAsync(string key, string copy, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
        var partial = $"{copy}.{Guid.NewGuid():n}.partial";
        try
        {
            await using (var source = await store.OpenReadAsync(key, cancellationToken))
            await using (var target = new FileStream(partial, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                await source.CopyToAsync(target, cancellationToken);
            }

            File.Move(partial, copy, overwrite: true);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    private void RemoveOldest()
    {
        var files = new DirectoryInfo(_folder).EnumerateFiles("*", SearchOption.AllDirectories).OrderBy(file => file.LastAccessTimeUtc).ToList();
        var excess = files.Sum(file => file.Length) - maxBytes;
        var limit = TimeProvider.System.GetUtcNow().UtcDateTime - Grace;
        foreach (var file in files.TakeWhile(file => file.LastAccessTimeUtc < limit))
        {
            if (excess <= 0)
            {
                return;
            }

            excess -= file.Length;
            file.Delete();
        }
    }

    private static string Name(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..24];
}
