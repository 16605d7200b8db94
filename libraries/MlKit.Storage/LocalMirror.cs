using System.Security.Cryptography;
using System.Text;

namespace MlKit.Storage;

/// <summary>
/// A folder or an object of a bucket as files on this machine's disk, under their own names, for programs that read files
/// only. What is there already in the same version is not fetched again; what the bucket no longer has is removed.
/// </summary>
public static class LocalMirror
{
    private const int Attempts = 5;

    /// <summary>Brings the mirror up to date and returns the local path; a local location is returned as it is.</summary>
    /// <param name="location">A path, a <c>file:</c> URI, or <c>s3://bucket/prefix</c> of a folder or an object.</param>
    /// <param name="folder">Where mirrors are kept.</param>
    /// <param name="s3">How <c>s3://</c> locations are reached.</param>
    /// <param name="cancellationToken">Stops between objects.</param>
    /// <exception cref="IOException">The bucket cannot be read or changes all the time, or a name in it leads out of the mirror.</exception>
    public static async Task<string> UpdateAsync(string location, string folder, S3Options? s3 = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(location);
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        if (!ObjectStores.IsRemote(location))
        {
            return Path.GetFullPath(location.StartsWith("file:", StringComparison.Ordinal) ? new Uri(location).LocalPath : location);
        }

        var (bucket, key) = Split(location.TrimEnd('/'));
        var store = ObjectStores.Open(bucket, s3);
        try
        {
            var root = Path.Combine(folder, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(location)))[..24]);
            for (var attempt = 1; ; attempt++)
            {
                try
                {
                    return await UpdateAsync(store, key, root, cancellationToken);
                }
                catch (FileNotFoundException) when (attempt < Attempts)
                {
                    // Another process merged or moved the object between the list and the read.
                }
            }
        }
        finally
        {
            (store as IDisposable)?.Dispose();
        }
    }

    private static async Task<string> UpdateAsync(IObjectStore store, string key, string root, CancellationToken cancellationToken)
    {
        var isObject = key.Length > 0 && await store.StatAsync(key, cancellationToken) is not null;
        var target = Path.Combine(root, "files", key.Length == 0 ? store.Root.Host : key[(key.LastIndexOf('/') + 1)..]);
        var names = isObject ? [""] : (await store.ListTreeAsync(key, cancellationToken)).Select(entry => entry.Name).ToList();
        var wanted = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            var path = name.Length == 0 ? target : Below(target, name, store.Root);
            wanted.Add(path);
            var from = name.Length == 0 ? key : $"{key}/{name}".TrimStart('/');
            await FetchAsync(store, from, path, Path.Combine(root, "versions", Path.GetRelativePath(root, path)), cancellationToken);
        }

        foreach (var gone in Directory.Exists(target) ? Directory.GetFiles(target, "*", SearchOption.AllDirectories).Where(path => !wanted.Contains(path)) : [])
        {
            File.Delete(gone);
        }

        return target;
    }

    private static async Task FetchAsync(IObjectStore store, string key, string path, string version, CancellationToken cancellationToken)
    {
        var info = await store.StatAsync(key, cancellationToken) ?? throw new FileNotFoundException($"'{key}' does not exist below {store.Root}.", key);
        if (File.Exists(path) && File.Exists(version) && await File.ReadAllTextAsync(version, cancellationToken) == info.ETag)
        {
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        Directory.CreateDirectory(Path.GetDirectoryName(version)!);
        File.Delete(version);
        var partial = $"{version}.partial";
        await using (var source = await store.OpenReadAsync(key, cancellationToken))
        await using (var file = new FileStream(partial, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            await source.CopyToAsync(file, cancellationToken);
        }

        File.Move(partial, path, overwrite: true);
        await File.WriteAllTextAsync(version, info.ETag, cancellationToken);
    }

    /// <summary>Names of a bucket may hold <c>..</c> and what else is special in paths of this machine.</summary>
    private static string Below(string folder, string name, Uri bucket)
    {
        var root = Path.GetFullPath(folder) + Path.DirectorySeparatorChar;
        var path = Path.GetFullPath(Path.Combine(root, Path.Combine(name.Split('/'))));
        return path.StartsWith(root, StringComparison.Ordinal)
            ? path
            : throw new IOException($"The object '{name}' below {bucket} has a name that leads out of the folder that it would be copied to.");
    }

    private static (string Bucket, string Key) Split(string location)
    {
        var slash = location.IndexOf('/', "s3://".Length);
        return slash < 0 ? (location, "") : (location[..slash], location[(slash + 1)..]);
    }
}
